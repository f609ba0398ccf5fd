package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces what may be a secret: the values of members that are named like one, however deep they lie below, and the same
 * values where a patch or a list of fields tells of them.
 *
 * @param names of further members
 */
record Redaction(Set<String> names) {

    static final String INSTEAD = "(redacted)";
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(passw|secret|token|api.?key|credential|authorization|iban|card.?number|cvv|ssn).*");
    /** How an operation of a patch, or a field of a generic change, says what it is about. */
    private static final List<String> ABOUT = List.of("path", "name");

    private static final List<String> TOLD = List.of("value", "previous");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    JsonNode of(JsonNode json) {
        if (json.isArray()) {
            ArrayNode array = JSON.arrayNode();
            json.forEach(each -> array.add(of(each)));
            return array;
        }
        if (!json.isObject()) return json;
        boolean told = isTold(json);
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<String, JsonNode> each : json.properties()) {
            boolean hidden = isSecret(each.getKey()) || (told && TOLD.contains(each.getKey()));
            object.set(each.getKey(), hidden ? hide(each.getValue()) : of(each.getValue()));
        }
        return object;
    }

    private boolean isTold(JsonNode json) {
        return ABOUT.stream()
                .map(json::path)
                .anyMatch(about -> about.isTextual()
                        && Arrays.stream(about.textValue().split("/")).anyMatch(this::isSecret));
    }

    private boolean isSecret(String name) {
        return names.contains(name) || SECRET.matcher(name).matches();
    }

    /** Keeps the shape: a route may look into it. */
    private static JsonNode hide(JsonNode json) {
        if (json.isNull()) return json;
        if (json.isArray()) {
            ArrayNode array = JSON.arrayNode();
            json.forEach(each -> array.add(hide(each)));
            return array;
        }
        if (!json.isObject()) return TextNode.valueOf(INSTEAD);
        ObjectNode object = JSON.objectNode();
        json.properties().forEach(each -> object.set(each.getKey(), hide(each.getValue())));
        return object;
    }

    /** A path with its query. */
    String target(String target) {
        int query = target.indexOf('?');
        if (query < 0) return target;
        return target.substring(0, query + 1)
                + Arrays.stream(target.substring(query + 1).split("&"))
                        .map(pair ->
                                isSecret(pair.replaceFirst("=.*", "")) ? pair.replaceFirst("=.*", "=redacted") : pair)
                        .collect(Collectors.joining("&"));
    }
}
