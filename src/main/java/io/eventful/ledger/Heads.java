package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.RequestRecord;
import io.eventful.event.ResponseRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request and reply heads, and small values, as JSON. Numbers are kept as text, so that none is ever rounded. */
final class Heads {

    private Heads() {}

    static ObjectNode request(RequestRecord request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("method", request.method());
        json.put("target", request.target());
        json.set("headers", fields(request.headers()));
        json.put("size", Long.toString(request.size()));
        json.put("digest", request.digest());
        return json;
    }

    static RequestRecord request(JsonNode json) {
        return new RequestRecord(
                json.path("method").asText(),
                json.path("target").asText(),
                fields(json.path("headers")),
                Long.parseLong(json.path("size").asText()),
                json.path("digest").asText());
    }

    static ObjectNode response(ResponseRecord response) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", Integer.toString(response.status()));
        json.set("headers", fields(response.headers()));
        json.put("size", Long.toString(response.size()));
        json.put("digest", response.digest());
        return json;
    }

    static ResponseRecord response(JsonNode json) {
        return new ResponseRecord(
                Integer.parseInt(json.path("status").asText()),
                fields(json.path("headers")),
                Long.parseLong(json.path("size").asText()),
                json.path("digest").asText());
    }

    private static ObjectNode fields(Map<String, List<String>> headers) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        headers.forEach((name, values) -> {
            ArrayNode array = json.putArray(name);
            values.forEach(array::add);
        });
        return json;
    }

    private static Map<String, List<String>> fields(JsonNode json) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            List<String> values = new ArrayList<>();
            field.getValue().forEach(value -> values.add(value.asText()));
            headers.put(field.getKey(), List.copyOf(values));
        }
        return headers;
    }

    /** Leaves out what is not there. */
    static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) json.put(name, value);
    }

    static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.get(name);
        return value == null || value.isNull() ? null : value.asText();
    }

    static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E value(Class<E> type, String code) {
        return Enum.valueOf(type, code.toUpperCase(Locale.ROOT));
    }
}
