package io.eventful.event;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvents 1.0 event. Immutable; {@code data} is never copied and must not be modified. Two events are equal when
 * their attributes and data are; where they came from does not matter.
 *
 * @param id unique within source; never contains a dot
 * @param source CloudEvents {@code source}
 * @param type CloudEvents {@code type}
 * @param subject CloudEvents {@code subject}
 * @param time CloudEvents {@code time}
 * @param datacontenttype media type of the data
 * @param dataschema schema of the data
 * @param extensions extension attributes by lower-case name, sorted
 * @param data payload bytes; empty when there is none
 * @param origin which change and rendering it came from; null for an event that was not rendered here
 */
public record Event(
        String id,
        String source,
        String type,
        @Nullable String subject,
        @Nullable Instant time,
        @Nullable String datacontenttype,
        @Nullable String dataschema,
        Map<String, String> extensions,
        byte[] data,
        @Nullable Rendered origin) {

    /** The one version of the specification there is. */
    public static final String SPEC_VERSION = "1.0";

    /** How the sources of changes begin. */
    private static final String UPSTREAMS = "/upstreams/";

    private static final String WEBHOOKS = "/webhooks/";

    public Event {
        SortedMap<String, String> sorted = new TreeMap<>(extensions);
        extensions = Collections.unmodifiableSortedMap(sorted);
    }

    /** An event that was not rendered here. */
    public Event(
            String id,
            String source,
            String type,
            @Nullable String subject,
            @Nullable Instant time,
            @Nullable String datacontenttype,
            @Nullable String dataschema,
            Map<String, String> extensions,
            byte[] data) {
        this(id, source, type, subject, time, datacontenttype, dataschema, extensions, data, null);
    }

    /** An attribute by its CloudEvents name, context or extension, as text. */
    public Optional<String> attribute(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "specversion" -> SPEC_VERSION;
                    case "id" -> id;
                    case "source" -> source;
                    case "type" -> type;
                    case "subject" -> subject;
                    case "time" -> time == null ? null : time.toString();
                    case "datacontenttype" -> datacontenttype;
                    case "dataschema" -> dataschema;
                    default -> extensions.get(name);
                });
    }

    /**
     * Position of the change in the ledger; 0 for an event that did not come from one. Somebody else's may have an extension
     * of that name too: only what has the source of a gateway's changes is told a position by it.
     */
    public long position() {
        if (!source.startsWith(UPSTREAMS) && !source.startsWith(WEBHOOKS)) return 0;
        String position = extensions.get("position");
        if (position == null || position.isEmpty() || position.length() > 18) return 0;
        for (int i = 0; i < position.length(); i++) if (position.charAt(i) < '0' || position.charAt(i) > '9') return 0;
        return Long.parseLong(position);
    }

    /** What order is kept by: {@code partitionkey}, else the subject, else the id. */
    public String key() {
        String key = extensions.get("partitionkey");
        if (key != null) return key;
        return subject == null ? id : subject;
    }

    /**
     * The event as it is published on a channel: a rendered event gets its final id, which is the same whenever it is
     * published there again; any other event keeps its own.
     */
    public Event onChannel(String channel) {
        if (origin == null) return this;
        return identified(EventId.of(origin.position(), channel, origin.rendering(), origin.ordinal()), origin);
    }

    /** The event with an id of somebody's choice, which no channel changes any more. */
    public Event withId(String newId) {
        return identified(newId, null);
    }

    /** The same event, said to be another rendering; its id follows on its channel. */
    public Event withOrigin(Rendered other) {
        return identified(id, other);
    }

    private Event identified(String newId, @Nullable Rendered from) {
        return new Event(newId, source, type, subject, time, datacontenttype, dataschema, extensions, data, from);
    }

    /** The event with another type. */
    public Event withType(String newType) {
        return new Event(id, source, newType, subject, time, datacontenttype, dataschema, extensions, data, origin);
    }

    /** The event with another type, which its data tells as well where it told the former one. */
    public Event retyped(String newType) {
        byte[] told = ToldType.replace(extensions, data, type, newType);
        Rendered from = origin;
        if (from != null && from.claim() != null) {
            Supplier<byte[]> claim = from.claim();
            from = new Rendered(
                    from.position(),
                    from.rendering(),
                    from.ordinal(),
                    () -> ToldType.replace(extensions, claim.get(), type, newType));
        }
        return new Event(id, source, newType, subject, time, datacontenttype, dataschema, extensions, told, from);
    }

    /** The event with another subject; its partition key stays. */
    public Event withSubject(@Nullable String newSubject) {
        return new Event(id, source, type, newSubject, time, datacontenttype, dataschema, extensions, data, origin);
    }

    /** The event at another time. */
    public Event withTime(@Nullable Instant newTime) {
        return new Event(id, source, type, subject, newTime, datacontenttype, dataschema, extensions, data, origin);
    }

    /** The event with other data of the same media type. */
    public Event withData(byte[] newData) {
        return withData(datacontenttype, newData);
    }

    /** The event with other data. */
    public Event withData(@Nullable String mediaType, byte[] newData) {
        Rendered from = origin == null ? null : origin.withoutClaim();
        return new Event(id, source, type, subject, time, mediaType, dataschema, extensions, newData, from);
    }

    /**
     * The event with a link in place of its state, for whoever cannot carry it. Empty when there is no such link, or when
     * the data is no longer what was rendered.
     */
    public Optional<Event> claimCheck() {
        if (origin == null || origin.claim() == null) return Optional.empty();
        Event check = withData(origin.claim().get());
        return Optional.of(extensions.containsKey("reason") ? check : check.withExtension("reason", ClaimCheck.REASON));
    }

    /**
     * The event with an extension attribute more, or without it when the value is null. Fails with
     * {@link IllegalArgumentException} for a name that is not lower-case letters and digits.
     */
    public Event withExtension(String name, @Nullable String value) {
        SortedMap<String, String> changed = new TreeMap<>(extensions);
        if (value == null) changed.remove(name);
        else changed.put(EventReader.extensionName(name), value);
        return new Event(id, source, type, subject, time, datacontenttype, dataschema, changed, data, origin);
    }

    /** The structured form as a tree; this is also how Jackson writes an event. */
    @JsonValue
    public JsonNode toJson() {
        return EventJson.tree(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Event event
                && id.equals(event.id)
                && source.equals(event.source)
                && type.equals(event.type)
                && Objects.equals(subject, event.subject)
                && Objects.equals(time, event.time)
                && Objects.equals(datacontenttype, event.datacontenttype)
                && Objects.equals(dataschema, event.dataschema)
                && extensions.equals(event.extensions)
                && Arrays.equals(data, event.data);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, source, type, subject, time);
    }

    /** Names the event without its data. */
    @Override
    public String toString() {
        return "Event[id=" + id + ", source=" + source + ", type=" + type + ", subject=" + subject + ", bytes="
                + data.length + ']';
    }
}
