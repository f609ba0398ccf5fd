package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.JsonPointers;
import io.eventful.event.Subjects;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of calls, events and deliveries, apart from their content: they are written as people write them. */
final class Envelope {

    /** Members that are somebody's JSON, and are compared to the letter. */
    static final Set<String> CONTENT = Set.of("json", "data", "state", "body");

    /** Members that are canonical paths, if they are of an upstream. */
    private static final Set<String> SUBJECTS = Set.of("subject", "partitionkey");

    private Envelope() {}

    /** A member of what happened, in the way in which the expectation writes it. */
    static @Nullable JsonNode member(JsonNode actual, String name, Yam expected) {
        JsonNode found = actual.get(name);
        if (name.equals("extensions")) return actual;
        if (name.equals("attempts") && expected instanceof Yam.Value && found instanceof ArrayNode attempts)
            return IntNode.valueOf(attempts.size());
        if (found == null || CONTENT.contains(name)) return found;
        if (expected instanceof Yam.Value value && found.isValueNode() && same(name, value.text(), found.asText()))
            return value.json();
        return found;
    }

    /** Paths may be written without the escapes that a request has. */
    private static boolean same(String name, String expected, String found) {
        if (found.equals(expected)) return true;
        if (!expected.startsWith("/")) return false;
        return SUBJECTS.contains(name) && found.equals(Subjects.normalise(expected))
                || name.equals("path") && found.equals(AsciiTarget.of(expected));
    }

    /** What is shown of something that nothing was expected of: no header fields, and no body twice. */
    static JsonNode brief(JsonNode actual) {
        if (actual.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            actual.forEach(each -> list.add(brief(each)));
            return list;
        }
        if (!(actual instanceof ObjectNode object)) return actual;
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(each -> {
            String name = each.getKey();
            if (name.equals("headers") || (name.equals("body") && object.has("json"))) return;
            shown.set(name, name.equals("attempts") ? brief(each.getValue()) : each.getValue());
        });
        if (object.has("at")) shown.remove("json");
        return shown;
    }

    /** What is shown of what happened beside an expectation: what that speaks of, and what should not be there. */
    static JsonNode shown(JsonNode expected, JsonNode actual, List<Mismatch> mismatches) {
        Set<String> surplus = new HashSet<>();
        for (Mismatch each : mismatches) if (each.expected() == null) surplus.add(each.pointer());
        return shown(expected, actual, "", surplus);
    }

    private static JsonNode shown(@Nullable JsonNode expected, JsonNode actual, String pointer, Set<String> surplus) {
        if (expected == null) return actual;
        if (expected.isValueNode() && actual.isValueNode() && expected.asText().equals(actual.asText()))
            return expected;
        if (expected.isNumber() && actual.isArray()) return IntNode.valueOf(actual.size());
        if (expected.isArray() && actual.isArray()) {
            ArrayNode shown = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < actual.size(); i++)
                shown.add(shown(expected.get(i), actual.get(i), pointer + "/" + i, surplus));
            return shown;
        }
        if (!expected.isObject() || !actual.isObject()) return actual;
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        expected.properties().forEach(each -> {
            JsonNode found = actual.get(each.getKey());
            if (found != null)
                shown.set(
                        each.getKey(),
                        shown(each.getValue(), found, JsonPointers.child(pointer, each.getKey()), surplus));
        });
        actual.properties().forEach(each -> {
            if (surplus.contains(JsonPointers.child(pointer, each.getKey()))) shown.set(each.getKey(), each.getValue());
        });
        return shown;
    }
}
