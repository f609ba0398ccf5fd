package io.eventful.receive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.edge.Fields;
import io.eventful.event.Event;
import io.eventful.event.EventJson;
import io.eventful.event.HeaderEncoding;
import io.eventful.event.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * CloudEvents 1.0 over HTTP: binary, structured and batched. What is kept is the event in its JSON format, whatever mode
 * it came in.
 *
 * @param limit events of a batch
 */
record CloudEventsReader(int limit) implements Reader {

    private static final String PREFIX = "ce-";
    private static final String STRUCTURED = "application/cloudevents";

    @Override
    public boolean takes(MediaType type) {
        return !type.essence().startsWith(STRUCTURED)
                || type.essence().equals(EventJson.MEDIA_TYPE)
                || type.essence().equals(EventJson.BATCH_MEDIA_TYPE);
    }

    @Override
    public Reading read(Fields fields, byte[] body) {
        MediaType type = MediaType.of(fields);
        if (type.essence().equals(EventJson.MEDIA_TYPE)) return Reading.one(delivery(Json.parse(body)));
        if (type.essence().equals(EventJson.BATCH_MEDIA_TYPE)) return batch(Json.parse(body));
        if (fields.first("ce-specversion").isEmpty())
            return new Reading.Unreadable(new Refusal(Refusal.Kind.MEDIA_TYPE, "no-cloudevent"));
        return Reading.one(delivery(binary(fields, type, body)));
    }

    private Reading batch(JsonNode batch) {
        if (!batch.isArray()) return Reading.malformed("batch-is-no-array");
        if (batch.size() > limit)
            return new Reading.Unreadable(new Refusal(Refusal.Kind.TOO_LARGE, "batch-over-limit"));
        List<Delivery> deliveries = new ArrayList<>(batch.size());
        for (JsonNode event : batch) deliveries.add(delivery(event));
        return new Reading.Deliveries(deliveries);
    }

    /**
     * Checks the event. What is kept is the document as it came, so that numbers and other values of extensions keep
     * their JSON types.
     */
    private static Delivery delivery(JsonNode json) {
        Event event = EventJson.read(json);
        return new Delivery(event.id(), event.source() + ' ' + event.id(), event.type(), json);
    }

    private static ObjectNode binary(Fields fields, MediaType type, byte[] body) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Fields.Field field : fields.entries()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (!name.startsWith(PREFIX)) continue;
            String attribute = name.substring(PREFIX.length());
            if (json.has(attribute) || attribute.equals("data") || attribute.equals("data_base64"))
                throw new IllegalArgumentException("an attribute is there twice");
            json.put(attribute, HeaderEncoding.decode(utf8(field.value())));
        }
        fields.first("content-type").ifPresent(value -> json.put("datacontenttype", value));
        if (body.length == 0) return json;
        if (type.isJson()) return json.set("data", Json.parse(body));
        return json.put("data_base64", Base64.getEncoder().encodeToString(body));
    }

    /**
     * Decodes a field of a sender that does not percent-encode: it holds UTF-8, of which the edge gives one character
     * for each octet.
     */
    private static String utf8(String value) {
        for (int i = 0; i < value.length(); i++)
            if (value.charAt(i) > 0x7F && value.charAt(i) <= 0xFF)
                return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return value;
    }
}
