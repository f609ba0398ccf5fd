package io.eventful.admin;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.JsonPointers;
import java.util.ArrayList;
import java.util.List;

/**
 * The members that differ between the item before and after a change, for the console.
 *
 * @param members the first of them
 * @param more how many differ besides
 */
record ChangeDifference(List<ChangeDifference.Member> members, int more) {

    /** In the place of the pointer of a member. */
    static final String WHOLE = "the whole item";

    private static final int MOST = 500;

    /**
     * One member.
     *
     * @param path JSON Pointer; or {@link #WHOLE}
     * @param kind {@code added}, {@code removed} or {@code changed}
     */
    record Member(String path, String kind, String before, String after) {}

    /** What the patch of a change touches; nothing if the change has no patch. */
    static ChangeDifference of(JsonNode change) {
        List<Member> members = new ArrayList<>();
        int more = 0;
        // A path is that in the item as patched so far: in an array, each operation shifts what follows.
        JsonNode item = change.path("before").deepCopy();
        for (JsonNode operation : change.path("patch")) {
            String op = operation.path("op").asText();
            if (op.equals("test")) continue;
            String path = operation.path("path").asText();
            if (path.isEmpty()) {
                more += wholes(change, members);
                continue;
            }
            if (members.size() == MOST) {
                more++;
                continue;
            }
            JsonPointer pointer = JsonPointer.compile(path);
            JsonNode parent = item.at(pointer.head());
            JsonNode before = op.equals("add") && parent.isArray() ? MissingNode.getInstance() : item.at(pointer);
            JsonNode after = operation.path("value");
            members.add(new Member(path, kind(op, before), ConsoleText.value(before), ConsoleText.value(after)));
            apply(op, parent, pointer.last(), after.deepCopy());
        }
        return new ChangeDifference(members, more);
    }

    private static void apply(String op, JsonNode parent, JsonPointer member, JsonNode value) {
        String name = member.getMatchingProperty();
        int index = member.getMatchingIndex();
        switch (parent) {
            case ObjectNode object when op.equals("remove") -> object.remove(name);
            case ObjectNode object -> object.set(name, value);
            case ArrayNode array when op.equals("remove") -> array.remove(index);
            case ArrayNode array when op.equals("add") -> array.insert(index, value);
            case ArrayNode array -> array.set(index, value);
            default -> {
                // An item that is not known completely.
            }
        }
    }

    /**
     * For a created or deleted item, lists each of its members.
     *
     * @return how many are left out
     */
    private static int wholes(JsonNode change, List<Member> members) {
        JsonNode before = change.path("before");
        JsonNode after = change.path("after");
        if (!before.isObject() && !after.isObject()) {
            members.add(
                    new Member(WHOLE, kind("replace", before), ConsoleText.value(before), ConsoleText.value(after)));
            return 0;
        }
        JsonNode whole = after.isObject() ? after : before;
        int shown = members.size();
        whole.properties().forEach(member -> {
            if (members.size() < MOST)
                members.add(new Member(
                        JsonPointers.child("", member.getKey()),
                        after.isObject() ? "added" : "removed",
                        after.isObject() ? "" : ConsoleText.value(member.getValue()),
                        after.isObject() ? ConsoleText.value(member.getValue()) : ""));
        });
        return whole.size() - (members.size() - shown);
    }

    private static String kind(String op, JsonNode before) {
        return switch (op) {
            case "remove" -> "removed";
            case "add" -> before.isMissingNode() ? "added" : "changed";
            default -> "changed";
        };
    }
}
