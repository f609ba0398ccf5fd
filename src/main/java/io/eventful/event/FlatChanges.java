package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change as a list of changed members. Applied in order to the item before the change, they give the item after it;
 * reverted from the last to the first, they give the item before.
 */
final class FlatChanges {

    /** The granularity of the list. */
    enum Depth {
        /** Scalars and empty containers; the content of a container has entries of its own. */
        FLAT,
        /** A whole value with its content, if it was added, removed or replaced as a whole. */
        WHOLE
    }

    /** The operation on a member, as in RFC 6902. */
    enum Op {
        ADD,
        REPLACE,
        REMOVE
    }

    /**
     * One changed member.
     *
     * @param pointer JSON Pointer; the empty pointer is the whole item
     * @param op the operation
     * @param value the new value; null if it was removed
     * @param previous the previous value; null if it was added
     */
    record Member(
            String pointer,
            Op op,
            @Nullable JsonNode value,
            @Nullable JsonNode previous) {

        /** The name of a top-level member, or else the pointer. */
        String name() {
            if (pointer.length() < 2 || pointer.indexOf('/', 1) >= 0) return pointer;
            String name = JsonPointers.tokens(pointer).getFirst();
            return name.startsWith("/") ? pointer : name;
        }

        /** This member as a JSON Patch. A missing item is null, as in every patch of the gateway. */
        ArrayNode patch() {
            ArrayNode patch = JsonNodeFactory.instance.arrayNode();
            operation(patch, pointer.isEmpty() ? "replace" : ChangeJson.word(op), value);
            return patch;
        }

        /** The JSON Patch that reverts this member, guarded by a {@code test} of the current value. */
        ArrayNode inverse() {
            ArrayNode patch = JsonNodeFactory.instance.arrayNode();
            if (op != Op.REMOVE || pointer.isEmpty()) operation(patch, "test", value);
            if (pointer.isEmpty()) operation(patch, "replace", previous);
            else
                switch (op) {
                    case ADD -> operation(patch, "remove", null);
                    case REPLACE -> operation(patch, "replace", previous);
                    case REMOVE -> operation(patch, "add", previous);
                }
            return patch;
        }

        private void operation(ArrayNode patch, String name, @Nullable JsonNode operand) {
            ObjectNode operation = patch.addObject().put("op", name).put("path", pointer);
            if (!name.equals("remove")) operation.set("value", operand == null ? NullNode.instance : operand);
        }
    }

    private final List<Member> members = new ArrayList<>();

    private final Depth depth;

    private FlatChanges(Depth depth) {
        this.depth = depth;
    }

    /** The changed members with depth {@code FLAT}; empty if before or after is not known. */
    static Optional<List<Member>> of(Change change) {
        return of(change, Depth.FLAT);
    }

    /** The changed members; empty if before or after is not known. */
    static Optional<List<Member>> of(Change change, Depth depth) {
        Optional<JsonNode> before = item(change.before());
        Optional<JsonNode> after = item(change.after());
        if (before.isEmpty() || after.isEmpty()) return Optional.empty();
        FlatChanges changes = new FlatChanges(depth);
        changes.root(before.get(), after.get(), change.action());
        return Optional.of(changes.members);
    }

    /** The item; a missing node if it does not exist; empty if it is not known. */
    private static Optional<JsonNode> item(Image image) {
        return switch (image) {
            case Image.Known known -> Optional.of(known.json());
            case Image.Absent absent -> Optional.of(JsonNodeFactory.instance.missingNode());
            case Image.Digested digested -> Optional.empty();
            case Image.Unknown unknown -> Optional.empty();
        };
    }

    private void root(JsonNode before, JsonNode after, String action) {
        // That the item was created or deleted follows from the action; the members need not repeat it.
        boolean created = action.equals(EventType.CREATED) && before.isMissingNode() && after.isObject();
        boolean deleted = action.equals(EventType.DELETED) && after.isMissingNode() && before.isObject();
        if (created) after.properties().forEach(m -> add(JsonPointers.child("", m.getKey()), m.getValue()));
        else if (deleted) before.properties().forEach(m -> remove(JsonPointers.child("", m.getKey()), m.getValue()));
        else if (before.isMissingNode() && !after.isMissingNode()) add("", after);
        else if (after.isMissingNode() && !before.isMissingNode()) remove("", before);
        else compare("", before, after);
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before.isObject() && after.isObject()) objects(path, before, after);
        else if (before.isArray() && after.isArray()) arrays(path, before, after);
        else if (!Json.same(before, after)) {
            clear(path, before);
            members.add(new Member(path, Op.REPLACE, shell(after), shell(before)));
            fill(path, after);
        }
    }

    private void objects(String path, JsonNode before, JsonNode after) {
        for (Map.Entry<String, JsonNode> member : before.properties()) {
            String child = JsonPointers.child(path, member.getKey());
            JsonNode now = after.get(member.getKey());
            if (now == null) remove(child, member.getValue());
            else compare(child, member.getValue(), now);
        }
        for (Map.Entry<String, JsonNode> member : after.properties())
            if (!before.has(member.getKey())) add(JsonPointers.child(path, member.getKey()), member.getValue());
    }

    /** Compares arrays by index, so that a consumer can store elements by their index. */
    private void arrays(String path, JsonNode before, JsonNode after) {
        int shared = Math.min(before.size(), after.size());
        for (int i = 0; i < shared; i++) compare(path + '/' + i, before.get(i), after.get(i));
        for (int i = before.size() - 1; i >= shared; i--) remove(path + '/' + i, before.get(i));
        for (int i = shared; i < after.size(); i++) add(path + '/' + i, after.get(i));
    }

    private void add(String path, JsonNode value) {
        members.add(new Member(path, Op.ADD, shell(value), null));
        fill(path, value);
    }

    private void remove(String path, JsonNode value) {
        clear(path, value);
        members.add(new Member(path, Op.REMOVE, null, shell(value)));
    }

    private void fill(String path, JsonNode value) {
        if (depth == Depth.WHOLE) return;
        if (value.isObject()) value.properties().forEach(m -> add(JsonPointers.child(path, m.getKey()), m.getValue()));
        else for (int i = 0; i < value.size(); i++) add(path + '/' + i, value.get(i));
    }

    private void clear(String path, JsonNode value) {
        if (depth == Depth.WHOLE) return;
        if (value.isObject())
            value.properties().forEach(m -> remove(JsonPointers.child(path, m.getKey()), m.getValue()));
        else for (int i = value.size() - 1; i >= 0; i--) remove(path + '/' + i, value.get(i));
    }

    /** The value without its content, for which there are separate entries. */
    private JsonNode shell(JsonNode value) {
        if (depth == Depth.WHOLE) return value.isMissingNode() ? NullNode.instance : value;
        if (value.isObject()) return JsonNodeFactory.instance.objectNode();
        if (value.isArray()) return JsonNodeFactory.instance.arrayNode();
        return value.isMissingNode() ? NullNode.instance : value;
    }
}
