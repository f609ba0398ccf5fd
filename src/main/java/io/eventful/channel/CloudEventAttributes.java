package io.eventful.channel;

import io.eventful.event.Event;
import io.eventful.event.EventJson;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** CloudEvents 1.0 context attributes by name, as every binding carries them. */
final class CloudEventAttributes {

    private CloudEventAttributes() {}

    /** Gives all attributes but {@code specversion} away, context first. */
    static void each(Event event, BiConsumer<String, String> to) {
        to.accept("id", event.id());
        to.accept("source", event.source());
        to.accept("type", event.type());
        give(to, "subject", event.subject());
        Instant time = event.time();
        give(to, "time", time == null ? null : time.toString());
        give(to, "datacontenttype", event.datacontenttype());
        give(to, "dataschema", event.dataschema());
        event.extensions().forEach((name, value) -> give(to, name, value));
    }

    private static void give(BiConsumer<String, String> to, String name, @Nullable String value) {
        // CloudEvents has no empty attributes, and readers refuse them.
        if (value != null && !value.isEmpty()) to.accept(name, value);
    }

    /**
     * An event that is not the gateway's own, perhaps.
     *
     * @throws IllegalArgumentException when it has what CloudEvents forbids; the message quotes no value
     */
    static Event checked(Event event) {
        EventJson.check(event);
        return event;
    }

    /**
     * The event that attributes and data make.
     *
     * @throws IllegalArgumentException when they make none; the message quotes no value
     */
    static Event event(Map<String, String> attributes, byte[] data) {
        Map<String, String> extensions = new TreeMap<>(attributes);
        // Some clients send what they do not have as an empty text.
        extensions.values().removeIf(String::isEmpty);
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
            if (!isName(name))
                throw new IllegalArgumentException(
                        "not a CloudEvent: the name of the attribute " + name + " has other than a-z, 0-9");
            if (name.equals("data"))
                throw new IllegalArgumentException("not a CloudEvent: an attribute may not be called data");
        }
        return checked(new Event(
                id,
                source,
                type,
                subject,
                time == null ? null : EventTime.parse(time),
                contentType,
                schema,
                extensions,
                data));
    }

    private static String required(Map<String, String> attributes, String name) {
        String value = attributes.remove(name);
        if (value == null) throw new IllegalArgumentException("not a CloudEvent: no " + name);
        return value;
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) return false;
        }
        return !name.isEmpty();
    }
}
