package io.eventful.event;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvents 1.0 event. Immutable; {@code data} is never copied and must not be modified.
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
        byte[] data) {

    public Event {
        extensions = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(extensions));
    }

    /** An attribute by its CloudEvents name, context or extension, as text. */
    public Optional<String> attribute(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "specversion" -> "1.0";
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

    /** Position of the change in the ledger; 0 for an event that did not come from this ledger. */
    public long position() {
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
}
