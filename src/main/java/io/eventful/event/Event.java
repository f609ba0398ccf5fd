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
 * their attributes and data are equal; {@code origin} is ignored.
 *
 * @param id unique within source; without a dot if it was rendered here
 * @param source CloudEvents {@code source}
 * @param type CloudEvents {@code type}
 * @param subject CloudEvents {@code subject}
 * @param time CloudEvents {@code time}
 * @param datacontenttype media type of the data
 * @param dataschema schema of the data
 * @param extensions extension attributes by lower-case name, sorted
 * @param data payload bytes; empty when there is none
 * @param origin the change and rendering that it was made from; null for an event that was not rendered here
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

    /** The supported version of the specification. */
    public static final String SPEC_VERSION = "1.0";

    /** Prefix of the sources of captured changes. */
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

    /** Whether it has the source of a gateway's changes. */
    public boolean isOfLedger() {
        return source.startsWith(UPSTREAMS) || source.startsWith(WEBHOOKS);
    }

    /**
     * Position of the change in the ledger; 0 for an event that was not rendered from a change. Foreign events may use an
     * extension of the same name, so it is only read from events with the source of a gateway's changes.
     */
    public long position() {
        if (!isOfLedger()) return 0;
        String position = extensions.get("position");
        if (position == null || position.isEmpty() || position.length() > 18) return 0;
        for (int i = 0; i < position.length(); i++) if (position.charAt(i) < '0' || position.charAt(i) > '9') return 0;
        return Long.parseLong(position);
    }

    /** The ordering key: {@code partitionkey}, or else the subject, or else the id. */
    public String key() {
        String key = extensions.get("partitionkey");
        if (key != null) return key;
        return subject == null ? id : subject;
    }

    /**
     * The event as it is published on a channel: a rendered event gets its final, deterministic id; any other event keeps
     * its id.
     */
    public Event onChannel(String channel) {
        if (origin == null) return this;
        return identified(EventId.of(origin.position(), channel, origin.rendering(), origin.ordinal()), origin);
    }

    /** The event with the given id, which {@link #onChannel} does not change any more. */
    public Event withId(String newId) {
        return identified(newId, null);
    }

    /** The same event with another origin; its id is derived from it when it is published. */
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

    /** The event with another type, also replaced in its data where the data contains the type. */
    public Event retyped(String newType) {
        byte[] told = TypeInData.replace(extensions, data, type, newType);
        Rendered from = origin;
        if (from != null && from.claim() != null) {
            Supplier<byte[]> claim = from.claim();
            from = new Rendered(
                    from.position(),
                    from.rendering(),
                    from.ordinal(),
                    () -> TypeInData.replace(extensions, claim.get(), type, newType));
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
     * The event as a claim check, with a link instead of its state. Empty if there is no such link, or if the data was
     * changed after rendering.
     */
    public Optional<Event> claimCheck() {
        if (origin == null || origin.claim() == null) return Optional.empty();
        Event check = withData(origin.claim().get());
        return Optional.of(extensions.containsKey("reason") ? check : check.withExtension("reason", ClaimCheck.REASON));
    }

    /**
     * The event with an additional extension attribute, or without it if the value is null. Fails with
     * {@link IllegalArgumentException} for a name that is not lower-case letters and digits.
     */
    public Event withExtension(String name, @Nullable String value) {
        SortedMap<String, String> changed = new TreeMap<>(extensions);
        if (value == null) changed.remove(name);
        else changed.put(EventReader.extensionName(name), value);
        return new Event(id, source, type, subject, time, datacontenttype, dataschema, changed, data, origin);
    }

    /** The event in structured mode as a tree; also used by Jackson. */
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

    /** Identifies the event without its data. */
    @Override
    public String toString() {
        return "Event[id=" + id + ", source=" + source + ", type=" + type + ", subject=" + subject + ", bytes="
                + data.length + ']';
    }
}
