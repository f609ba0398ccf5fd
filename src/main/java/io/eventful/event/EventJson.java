package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents 1.0 JSON event format. JSON data is copied to {@code data} byte for byte, text as a string, and
 * everything else to {@code data_base64}.
 */
public final class EventJson {

    /** Media type of one event in structured mode. */
    public static final String MEDIA_TYPE = "application/cloudevents+json";

    /** Media type of a batch. */
    public static final String BATCH_MEDIA_TYPE = "application/cloudevents-batch+json";

    private static final String BOM = "\uFEFF";

    private EventJson() {}

    /** Writes one event in structured mode. */
    public static byte[] write(Event event) {
        return write(new JsonWriter(512 + event.data().length), event).toBytes();
    }

    /**
     * Reads one event in structured mode. Fails with {@link JsonFormatException}, whose message names the invalid
     * attribute. Values of extensions are converted to strings.
     */
    public static Event read(byte[] json) {
        return read(Json.parse(json));
    }

    /** The same for a parsed tree. */
    public static Event read(JsonNode json) {
        return EventReader.read(json);
    }

    /**
     * The event in the body of an exchange: an {@link Event}, or an event in structured mode as text, bytes, a stream, a
     * tree or maps. Fails with {@link JsonFormatException} for anything else; its message follows the words "the body is".
     *
     * @throws IOException when the stream cannot be read
     */
    public static Event ofBody(@Nullable Object body) throws IOException {
        return switch (body) {
            case null -> throw new JsonFormatException("empty");
            case Event event -> event;
            case String text -> read(Json.utf8(text));
            case byte[] bytes -> read(bytes);
            case InputStream stream -> read(stream.readAllBytes());
            case JsonNode tree -> read(tree);
            case Map<?, ?> map -> read(Json.fromJava(map));
            default -> throw new JsonFormatException("a " + body.getClass().getSimpleName() + ", not an event");
        };
    }

    /**
     * Fails with {@link JsonFormatException}, whose message names the attribute, for an event that is not valid
     * CloudEvents 1.0 and could not be read back.
     */
    public static void check(Event event) {
        EventReader.check(event);
    }

    /** The event in structured mode as a tree. */
    public static ObjectNode tree(Event event) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("specversion", Event.SPEC_VERSION);
        json.put("id", event.id()).put("source", event.source()).put("type", event.type());
        for (String name : List.of("subject", "time", "datacontenttype", "dataschema"))
            event.attribute(name).filter(value -> !value.isEmpty()).ifPresent(value -> json.put(name, value));
        event.extensions().forEach((name, value) -> {
            if (!value.isEmpty()) json.put(name, value);
        });
        if (event.data().length == 0) return json;

        Optional<JsonNode> data = inline(event);
        if (data.isPresent()) json.set("data", data.get());
        else json.put("data_base64", Base64.getEncoder().encodeToString(event.data()));
        return json;
    }

    /** The data as a tree: JSON, or text as a string; empty if it is neither, or absent. */
    public static Optional<JsonNode> data(Event event) {
        return event.data().length == 0 ? Optional.empty() : inline(event);
    }

    private static Optional<JsonNode> inline(Event event) {
        if (MediaTypes.json(event.datacontenttype())) return Json.tryParse(event.data());
        return Optional.ofNullable(text(event)).map(JsonNodeFactory.instance::textNode);
    }

    private static JsonWriter write(JsonWriter json, Event event) {
        json.ascii("{\"specversion\":\"1.0\",\"id\":").string(event.id());
        json.ascii(",\"source\":").string(event.source());
        json.ascii(",\"type\":").string(event.type());
        attribute(json, "subject", event.subject());
        attribute(json, "time", event.time() == null ? null : event.time().toString());
        attribute(json, "datacontenttype", event.datacontenttype());
        attribute(json, "dataschema", event.dataschema());
        for (Map.Entry<String, String> extension : event.extensions().entrySet())
            attribute(json, extension.getKey(), extension.getValue());
        if (event.data().length > 0) data(json, event);
        return json.raw('}');
    }

    private static void attribute(JsonWriter json, String name, @Nullable String value) {
        // CloudEvents does not allow empty attributes.
        if (value != null && !value.isEmpty())
            json.raw(',').string(name).raw(':').string(value);
    }

    private static void data(JsonWriter json, Event event) {
        String text;
        if (MediaTypes.json(event.datacontenttype()) && isJson(event.data())) {
            json.ascii(",\"data\":").json(event.data());
        } else if ((text = text(event)) != null) {
            json.ascii(",\"data\":").string(text);
        } else {
            json.ascii(",\"data_base64\":\"")
                    .ascii(Base64.getEncoder().encodeToString(event.data()))
                    .raw('"');
        }
    }

    /** Whether bytes can be embedded in another JSON document: they are JSON without a byte order mark. */
    private static boolean isJson(byte[] bytes) {
        return (bytes[0] & 0xFF) != 0xEF && Json.tryParse(bytes).isPresent();
    }

    private static @Nullable String text(Event event) {
        if (!MediaTypes.text(event.datacontenttype())) return null;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(event.data()))
                    .toString();
            // A byte order mark inside a document would make it invalid.
            return text.startsWith(BOM) ? null : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
