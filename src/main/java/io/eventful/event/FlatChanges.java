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
 * A change as a list of changed members, simple values and empty containers or whole ones. Done in order, they make the item
 * after of the item before; undone from the last to the first, the item before of the item after.
 */
final class FlatChanges {

    /** How much one member of the list is. */
    enum Depth {
        /** A simple value or an empty container: what a container holds is told by members of its own. */
        FLAT,
        /** A value with all that it holds, where it came, went or was replaced as a whole. */
        WHOLE
    }

    /** What happened to a member, in the words of RFC 6902. */
    enum Op {
        ADD,
        REPLACE,
        REMOVE
    }

    /**
     * One changed member.
     *
     * @param pointer where it is; the empty pointer is the whole item
     * @param op what happened to it
     * @param value what it is now; null when it was removed
     * @param previous what it was; null when it was added
     */
    record Member(
            String pointer,
            Op op,
            @Nullable JsonNode value,
            @Nullable JsonNode previous) {

        /** The plain name of a top-level member, else the pointer. */
        String name() {
            if (pointer.length() < 2 || pointer.indexOf('/', 1) >= 0) return pointer;
            String name = JsonPointers.tokens(pointer).getFirst();
            return name.startsWith("/") ? pointer : name;
        }

        /** This alone, as a patch. A missing item is null, as in every patch of the gateway. */
        ArrayNode patch() {
            ArrayNode patch = JsonNodeFactory.instance.arrayNode();
            operation(patch, pointer.isEmpty() ? "replace" : ChangeJson.word(op), value);
            return patch;
        }

        /** What takes this alone back, guarded by a test of what is there. */
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

    /** The changed members, flat; empty when before or after is not known. */
    static Optional<List<Member>> of(Change change) {
        return of(change, Depth.FLAT);
    }

    /** The changed members; empty when before or after is not known. */
    static Optional<List<Member>> of(Change change, Depth depth) {
        Optional<JsonNode> before = item(change.before());
        Optional<JsonNode> after = item(change.after());
        if (before.isEmpty() || after.isEmpty()) return Optional.empty();
        FlatChanges changes = new FlatChanges(depth);
        changes.root(before.get(), after.get(), change.action());
        return Optional.of(changes.members);
    }

    /** The item; nothing for a missing one, which no JSON value is. */
    private static Optional<JsonNode> item(Image image) {
        return switch (image) {
            case Image.Known known -> Optional.of(known.json());
            case Image.Absent absent -> Optional.of(JsonNodeFactory.instance.missingNode());
            case Image.Digested digested -> Optional.empty();
            case Image.Unknown unknown -> Optional.empty();
        };
    }

    private void root(JsonNode before, JsonNode after, String action) {
        // The action says that there was, or is, no item; the members need not say it again.
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

    /** By place: what stands where. So a consumer can keep elements by their index. */
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

    /** The value without its content, which has entries of its own. */
    private JsonNode shell(JsonNode value) {
        if (depth == Depth.WHOLE) return value.isMissingNode() ? NullNode.instance : value;
        if (value.isObject()) return JsonNodeFactory.instance.objectNode();
        if (value.isArray()) return JsonNodeFactory.instance.arrayNode();
        return value.isMissingNode() ? NullNode.instance : value;
    }
}
