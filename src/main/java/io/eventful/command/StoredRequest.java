package io.eventful.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.edge.Fields;
import io.eventful.edge.Preferences;
import io.eventful.edge.RequestHead;
import io.eventful.event.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A request as it is kept until it is run, credentials included: as bytes it exists only encrypted.
 *
 * @param head as it will be forwarded
 * @param body whole
 */
record StoredRequest(RequestHead head, byte[] body) {

    /** The body is here; its length is told anew. */
    private static final Set<String> OF_THE_MESSAGE = Set.of("content-length", "expect", "trailer");

    /** A client's request, with its body. */
    static StoredRequest of(RequestHead head, byte[] body) {
        boolean told = body.length > 0
                || head.fields().first("content-length").isPresent()
                || head.fields().first("transfer-encoding").isPresent();
        Fields fields = Preferences.honoured(head.fields()).endToEnd().without(OF_THE_MESSAGE);
        if (told) fields = fields.and("Content-Length", Integer.toString(body.length));
        return new StoredRequest(
                new RequestHead(
                        head.method(),
                        head.target(),
                        head.path(),
                        head.query(),
                        fields,
                        head.authority(),
                        head.scheme(),
                        head.remote()),
                body);
    }

    byte[] bytes() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("method", head.method());
        json.put("target", head.target());
        json.put("path", head.path());
        json.put("query", head.query());
        json.put("authority", head.authority());
        json.put("scheme", head.scheme());
        json.put("remote", head.remote());
        ArrayNode fields = json.putArray("fields");
        for (Fields.Field field : head.fields().entries())
            fields.addArray().add(field.name()).add(field.value());
        byte[] text = Json.bytes(json);
        return ByteBuffer.allocate(Integer.BYTES + text.length + body.length)
                .putInt(text.length)
                .put(text)
                .put(body)
                .array();
    }

    static StoredRequest read(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte[] text = new byte[buffer.getInt()];
        buffer.get(text);
        byte[] body = new byte[buffer.remaining()];
        buffer.get(body);
        JsonNode json = Json.parse(text);
        List<Fields.Field> fields = new ArrayList<>();
        for (JsonNode field : json.path("fields"))
            fields.add(new Fields.Field(field.path(0).asText(), field.path(1).asText()));
        return new StoredRequest(
                new RequestHead(
                        json.path("method").asText(),
                        json.path("target").asText(),
                        json.path("path").asText(),
                        json.path("query").asText(),
                        new Fields(fields),
                        json.path("authority").asText(),
                        json.path("scheme").asText(),
                        json.path("remote").asText()),
                body);
    }

    /** Tells nothing of what it holds. */
    @Override
    public String toString() {
        return "StoredRequest[" + head.method() + ", " + body.length + " bytes]";
    }
}
