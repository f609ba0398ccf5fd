package io.eventful.channel;

import io.eventful.event.Event;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** CloudEvents 1.0 context attributes by name, as every binding carries them. */
final class CloudEventAttributes {

    private CloudEventAttributes() {}

    /** All attributes but {@code specversion}, context first. */
    static Map<String, String> of(Event event) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("id", event.id());
        attributes.put("source", event.source());
        attributes.put("type", event.type());
        put(attributes, "subject", event.subject());
        Instant time = event.time();
        put(attributes, "time", time == null ? null : time.toString());
        put(attributes, "datacontenttype", event.datacontenttype());
        put(attributes, "dataschema", event.dataschema());
        attributes.putAll(event.extensions());
        return attributes;
    }

    private static void put(Map<String, String> attributes, String name, @Nullable String value) {
        if (value != null) attributes.put(name, value);
    }

    /**
     * The event that attributes and data make.
     *
     * @throws IllegalArgumentException when they make none; the message quotes no value
     */
    static Event event(Map<String, String> attributes, byte[] data) {
        Map<String, String> extensions = new TreeMap<>(attributes);
        String version = extensions.remove("specversion");
        if (version == null) throw new IllegalArgumentException("not a CloudEvent: no specversion");
        if (!version.equals("1.0")) throw new IllegalArgumentException("not a CloudEvent of specversion 1.0");
        String id = required(extensions, "id");
        String source = required(extensions, "source");
        String type = required(extensions, "type");
        String subject = extensions.remove("subject");
        String time = extensions.remove("time");
        String contentType = extensions.remove("datacontenttype");
        String schema = extensions.remove("dataschema");
        for (String name : extensions.keySet()) {
            if (!name.matches("[a-z0-9]+"))
                throw new IllegalArgumentException("not a CloudEvent: an attribute's name has other than a-z, 0-9");
        }
        return new Event(
                id, source, type, subject, time == null ? null : instant(time), contentType, schema, extensions, data);
    }

    private static String required(Map<String, String> attributes, String name) {
        String value = attributes.remove(name);
        if (value == null || value.isEmpty()) throw new IllegalArgumentException("not a CloudEvent: no " + name);
        return value;
    }

    private static Instant instant(String time) {
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a CloudEvent: time is not RFC 3339");
        }
    }
}
