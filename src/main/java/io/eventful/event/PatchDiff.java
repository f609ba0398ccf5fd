package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes the operations that transform one document into another, in the order of their application. */
final class PatchDiff {

    /** Whether each operation is preceded by a {@code test}. */
    enum Guard {
        NONE,
        TEST
    }

    private final Guard guard;
    private final ArrayNode patch = JsonNodeFactory.instance.arrayNode();

    PatchDiff(Guard guard) {
        this.guard = guard;
    }

    ArrayNode between(JsonNode from, JsonNode to) {
        compare("", from, to);
        return patch;
    }

    private void compare(String path, JsonNode from, JsonNode to) {
        if (from.isObject() && to.isObject()) objects(path, from, to);
        else if (from.isArray() && to.isArray()) arrays(path, from, to);
        else if (!Json.same(from, to)) {
            test(path, from);
            operation("replace", path, to);
        }
    }

    private void objects(String path, JsonNode from, JsonNode to) {
        for (Map.Entry<String, JsonNode> member : from.properties()) {
            String child = JsonPointers.child(path, member.getKey());
            JsonNode other = to.get(member.getKey());
            if (other != null) compare(child, member.getValue(), other);
            else {
                test(child, member.getValue());
                operation("remove", child, null);
            }
        }
        for (Map.Entry<String, JsonNode> member : to.properties()) {
            if (!from.has(member.getKey()))
                operation("add", JsonPointers.child(path, member.getKey()), member.getValue());
        }
    }

    private void arrays(String path, JsonNode from, JsonNode to) {
        ArrayAlignment alignment = ArrayAlignment.of(from, to);
        int i = 0;
        int j = 0;
        for (int k = 0; k <= alignment.size(); k++) {
            int fromEnd = k < alignment.size() ? alignment.from(k) : from.size();
            int toEnd = k < alignment.size() ? alignment.to(k) : to.size();
            // j is also the index in the array as patched so far.
            for (; i < fromEnd && j < toEnd; i++, j++) compare(path + '/' + j, from.get(i), to.get(j));
            for (; i < fromEnd; i++) {
                test(path + '/' + j, from.get(i));
                operation("remove", path + '/' + j, null);
            }
            for (; j < toEnd; j++) {
                neighbour(path, j, from, i, to);
                operation("add", path + '/' + j, to.get(j));
            }
            i++;
            j++;
        }
    }

    /** Guards the position of an inserted element: by its successor, or else its predecessor, or else the empty array. */
    private void neighbour(String path, int index, JsonNode from, int next, JsonNode to) {
        if (next < from.size()) test(path + '/' + index, from.get(next));
        else if (index > 0) test(path + '/' + (index - 1), to.get(index - 1));
        else test(path, JsonNodeFactory.instance.arrayNode());
    }

    private void test(String path, JsonNode value) {
        if (guard == Guard.TEST) operation("test", path, value);
    }

    private void operation(String name, String path, @Nullable JsonNode value) {
        ObjectNode operation = patch.addObject().put("op", name).put("path", path);
        if (value != null) operation.set("value", value);
    }
}
