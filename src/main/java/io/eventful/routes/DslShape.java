package io.eventful.routes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The allowed content at one place of a route file, taken from Camel's JSON Schema with references resolved and
 * alternatives merged.
 */
final class DslShape {

    final Set<String> types = new LinkedHashSet<>();
    final Set<String> values = new LinkedHashSet<>();
    final Map<String, @Nullable JsonNode> members = new LinkedHashMap<>();
    final Set<String> required = new LinkedHashSet<>();

    @Nullable
    JsonNode elements;

    boolean closed;
    boolean single;

    private final DslSchema schema;

    DslShape(DslSchema schema, JsonNode node) {
        this.schema = schema;
        add(node, required);
    }

    boolean allows(String type) {
        return types.isEmpty() || types.contains(type);
    }

    /**
     * Merges a schema.
     *
     * @param demanded receives the names of the required members; a discarded set for an alternative, because its
     *     requirements do not apply to the others
     */
    private void add(JsonNode unresolved, Set<String> demanded) {
        JsonNode node = schema.resolve(unresolved);
        if (node.has("type")) types.add(node.get("type").asText());
        for (JsonNode value : node.path("enum")) values.add(value.asText());
        if (node.has("items")) elements = node.get("items");
        if (node.path("additionalProperties").isBoolean()
                && !node.path("additionalProperties").booleanValue()) closed = true;
        if (node.path("maxProperties").asInt() == 1) single = true;
        for (Map.Entry<String, JsonNode> member : node.path("properties").properties()) {
            if (member.getValue().isEmpty()) members.putIfAbsent(member.getKey(), null);
            else members.put(member.getKey(), member.getValue());
        }
        for (JsonNode name : node.path("required")) demanded.add(name.asText());
        boolean shortForm = false;
        for (JsonNode branch : node.path("oneOf"))
            shortForm |= branch.path("type").asText().equals("string");
        for (JsonNode branch : node.path("oneOf"))
            if (!branch.has("not")) add(branch, shortForm ? demanded : new HashSet<>());
        for (JsonNode branch : node.path("anyOf")) if (!branch.has("not")) add(branch, new HashSet<>());
    }
}
