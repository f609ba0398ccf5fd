package io.eventful.receive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.eventful.event.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Bodies as JSON: JSON as it is, a form as an object of its fields, and anything else as {@code {"contentType","base64"}},
 * so that nothing that was received is lost.
 */
final class Payloads {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Payloads() {}

    /**
     * A body as JSON. Fails with {@link io.eventful.event.JsonFormatException} for a body that calls itself JSON and is
     * none, and with {@link IllegalArgumentException} for a form that is none.
     */
    static JsonNode of(MediaType type, byte[] body) {
        if (type.isJson()) return Json.parse(body);
        if (type.isForm()) return form(body);
        if (type.isMissing() && body.length > 0) return Json.tryParse(body).orElseGet(() -> opaque(type, body));
        return opaque(type, body);
    }

    private static ObjectNode opaque(MediaType type, byte[] body) {
        ObjectNode json = NODES.objectNode();
        json.put("contentType", type.essence());
        json.put("base64", Base64.getEncoder().encodeToString(body));
        return json;
    }

    /** The fields of a form; a repeated one is an array of its values, in order. */
    static ObjectNode form(byte[] body) {
        ObjectNode json = NODES.objectNode();
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            if (pair.isEmpty()) continue;
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            TextNode value = NODES.textNode(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            JsonNode before = json.get(name);
            if (before == null) json.set(name, value);
            else if (before instanceof ArrayNode values) values.add(value);
            else json.set(name, NODES.arrayNode().add(before).add(value));
        }
        return json;
    }

    /** A body, or the JSON in the one field {@code payload} of a form: how GitHub and Slack wrap theirs. */
    static JsonNode wrapped(MediaType type, byte[] body) {
        JsonNode json = of(type, body);
        if (!type.isForm()) return json;
        JsonNode payload = json.get("payload");
        return json.size() == 1 && payload != null && payload.isTextual() ? Json.parse(payload.textValue()) : json;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The text of a member; empty when there is none. */
    static String text(JsonNode json, String name) {
        JsonNode value = json.get(name);
        return value != null && value.isTextual() ? value.textValue() : "";
    }
}
