package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads events in structured mode from any producer. */
final class EventReader {

    private static final List<String> TEXTS =
            List.of("id", "source", "type", "subject", "datacontenttype", "dataschema");
    /** Of the gateway's own events: what a header or parameter was, and that may be any text. */
    private static final String SCOPE = "scope";

    private static final byte[] NO_DATA = new byte[0];

    private EventReader() {}

    static Event read(JsonNode json) {
        if (!json.isObject()) throw wrong("not an object");
        String version = required(json, "specversion");
        if (!version.equals(Event.SPEC_VERSION)) throw wrong("specversion is not " + Event.SPEC_VERSION);
        String contentType = contentType(json);
        return new Event(
                required(json, "id"),
                required(json, "source"),
                required(json, "type"),
                optional(json, "subject"),
                time(optional(json, "time")),
                contentType,
                optional(json, "dataschema"),
                extensions(json),
                data(json, contentType));
    }

    static void check(Event event) {
        for (String name : List.of("id", "source", "type"))
            if (event.attribute(name).isEmpty()) throw wrong(name + " is missing");
        for (String name : TEXTS) {
            Optional<String> value = event.attribute(name);
            if (value.filter(String::isEmpty).isPresent()) throw wrong(name + " is empty");
            value.ifPresent(text -> checkText(name, text));
        }
        event.extensions().forEach((name, value) -> {
            if (!extensionName(name).equals(SCOPE)) checkText(name, value);
        });
    }

    private static void checkText(String name, String value) {
        AttributeText.problem(value).ifPresent(problem -> {
            throw wrong(name + " is no text of an attribute: " + problem);
        });
    }

    /** In the JSON format, data without a media type is JSON; other formats must state it (CloudEvents 1.0, section 3.1.1). */
    private static @Nullable String contentType(JsonNode json) {
        String written = optional(json, "datacontenttype");
        return written == null && json.hasNonNull("data") ? "application/json" : written;
    }

    /** The name, if it is a valid attribute name. */
    static String extensionName(String name) {
        if (name.isEmpty()) throw wrong("an attribute has no name");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9'))
                throw wrong("an attribute name must consist of lower-case letters and digits");
        }
        if (contextAttribute(name)) throw wrong(name + " is not an extension attribute");
        return name;
    }

    static @Nullable Instant time(@Nullable String time) {
        if (time == null) return null;
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            throw wrong("time is not an RFC 3339 timestamp");
        }
    }

    private static String required(JsonNode json, String name) {
        String value = optional(json, name);
        if (value == null) throw wrong(name + " is missing");
        return value;
    }

    private static @Nullable String optional(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) return null;
        if (!value.isTextual()) throw wrong(name + " is not a string");
        if (value.textValue().isEmpty()) throw wrong(name + " is empty");
        return value.textValue();
    }

    private static SortedMap<String, String> extensions(JsonNode json) {
        SortedMap<String, String> extensions = new TreeMap<>();
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            String name = member.getKey();
            if (contextAttribute(name) || member.getValue().isNull()) continue;
            if (member.getValue().isContainerNode()) throw wrong("an extension is not a simple value");
            extensions.put(extensionName(name), member.getValue().asText());
        }
        return extensions;
    }

    private static boolean contextAttribute(String name) {
        return switch (name) {
            case "specversion",
                    "id",
                    "source",
                    "type",
                    "subject",
                    "time",
                    "datacontenttype",
                    "dataschema",
                    "data",
                    "data_base64" -> true;
            default -> false;
        };
    }

    private static byte[] data(JsonNode json, @Nullable String contentType) {
        JsonNode data = json.get("data");
        String base64 = optional(json, "data_base64");
        if (base64 != null) {
            if (data != null && !data.isNull()) throw wrong("data and data_base64 are both set");
            try {
                return Base64.getDecoder().decode(base64);
            } catch (IllegalArgumentException e) {
                throw wrong("data_base64 is not Base64");
            }
        }
        if (data == null || data.isNull()) return NO_DATA;
        if (MediaTypes.json(contentType)) return Json.bytes(data);
        if (data.isTextual()) return data.textValue().getBytes(StandardCharsets.UTF_8);
        throw wrong("data is JSON, but datacontenttype is not");
    }

    private static JsonFormatException wrong(String problem) {
        return new JsonFormatException("not a CloudEvents 1.0 event: " + problem);
    }
}
