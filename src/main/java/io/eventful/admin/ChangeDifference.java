package io.eventful.admin;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/** The members that differ between the item before and after a change, for the console. */
final class ChangeDifference {

    private static final int MOST = 500;

    private ChangeDifference() {}

    /**
     * One member.
     *
     * @param path JSON Pointer; {@code /} for the whole item
     * @param kind {@code added}, {@code removed} or {@code changed}
     */
    record Member(String path, String kind, String before, String after) {}

    /** The members that the patch of a change touches; empty if the change has no patch. */
    static List<Member> of(JsonNode change) {
        List<Member> members = new ArrayList<>();
        for (JsonNode operation : change.path("patch")) {
            String op = operation.path("op").asText();
            if (op.equals("test") || members.size() == MOST) continue;
            String path = operation.path("path").asText();
            JsonNode before =
                    op.equals("add") && isElement(path) ? MissingNode.getInstance() : at(change.path("before"), path);
            JsonNode after = operation.path("value");
            if (path.isEmpty()) wholes(change, members);
            else members.add(new Member(path, kind(op, before), ConsoleText.value(before), ConsoleText.value(after)));
        }
        return members;
    }

    /** For a created or deleted item, lists each of its members. */
    private static void wholes(JsonNode change, List<Member> members) {
        JsonNode before = change.path("before");
        JsonNode after = change.path("after");
        if (!before.isObject() && !after.isObject()) {
            members.add(new Member("/", kind("replace", before), ConsoleText.value(before), ConsoleText.value(after)));
            return;
        }
        JsonNode whole = after.isObject() ? after : before;
        whole.properties().forEach(member -> {
            if (members.size() < MOST)
                members.add(new Member(
                        "/" + member.getKey(),
                        after.isObject() ? "added" : "removed",
                        after.isObject() ? "" : ConsoleText.value(member.getValue()),
                        after.isObject() ? ConsoleText.value(member.getValue()) : ""));
        });
    }

    private static String kind(String op, JsonNode before) {
        return switch (op) {
            case "remove" -> "removed";
            case "add" -> before.isMissingNode() ? "added" : "changed";
            default -> "changed";
        };
    }

    /** Whether the path is an array element: adding one shifts the following elements. */
    private static boolean isElement(String path) {
        return path.matches(".*/(\\d+|-)");
    }

    private static JsonNode at(JsonNode item, String path) {
        return item.at(JsonPointer.compile(path));
    }
}
