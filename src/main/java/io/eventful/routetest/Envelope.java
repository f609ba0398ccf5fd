package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of calls, events and deliveries, apart from their content: they are written as people write them. */
final class Envelope {

    /** Members that are somebody's JSON, and are compared to the letter. */
    static final Set<String> CONTENT = Set.of("json", "data", "state", "body");

    private Envelope() {}

    /** A member of what happened, in the way in which the expectation writes it. */
    static @Nullable JsonNode member(JsonNode actual, String name, Yam expected) {
        JsonNode found = actual.get(name);
        if (name.equals("extensions")) return actual;
        if (name.equals("attempts") && expected instanceof Yam.Value && found instanceof ArrayNode attempts)
            return IntNode.valueOf(attempts.size());
        if (found == null || CONTENT.contains(name)) return found;
        if (expected instanceof Yam.Value value
                && found.isValueNode()
                && found.asText().equals(value.json().asText())) return value.json();
        return found;
    }

    /** What is shown of what happened beside an expectation: what the expectation speaks of, and all that is content. */
    static JsonNode shown(JsonNode expected, JsonNode actual) {
        if (!expected.isObject() || !actual.isObject()) return actual;
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        actual.properties().forEach(each -> {
            String name = each.getKey();
            JsonNode wanted = expected.get(name);
            if (wanted == null) return;
            JsonNode value = each.getValue();
            if (wanted.isValueNode() && value.isValueNode() && wanted.asText().equals(value.asText()))
                shown.set(name, wanted);
            else shown.set(name, name.equals("headers") || name.equals("attempts") ? parts(wanted, value) : value);
        });
        return shown;
    }

    private static JsonNode parts(JsonNode expected, JsonNode actual) {
        if (expected.isObject() && actual.isObject()) return shown(expected, actual);
        if (!expected.isArray() || !actual.isArray()) {
            return expected.isNumber() && actual.isArray() ? IntNode.valueOf(actual.size()) : actual;
        }
        ArrayNode shown = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < actual.size(); i++) {
            JsonNode wanted = expected.get(Math.min(i, expected.size() - 1));
            shown.add(wanted == null ? TextNode.valueOf("…") : parts(wanted, actual.get(i)));
        }
        return shown;
    }
}
