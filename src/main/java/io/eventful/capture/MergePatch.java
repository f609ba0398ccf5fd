package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** JSON Merge Patch (RFC 7396 §2). */
final class MergePatch {

    private MergePatch() {}

    /** A merged copy; neither argument is touched. */
    static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) return patch;
        ObjectNode merged =
                target instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            String name = member.getKey();
            if (member.getValue().isNull()) {
                merged.remove(name);
                continue;
            }
            JsonNode old = merged.get(name);
            merged.set(name, apply(old == null ? JsonNodeFactory.instance.nullNode() : old, member.getValue()));
        }
        return merged;
    }
}
