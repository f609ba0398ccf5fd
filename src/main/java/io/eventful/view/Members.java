package io.eventful.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Members of items by name; {@code address.city} is a nested member. */
final class Members {

    private Members() {}

    static @Nullable JsonNode at(JsonNode state, String member) {
        JsonNode own = state.get(member);
        if (own != null || member.indexOf('.') < 0) return own;
        JsonNode node = state;
        for (String name : member.split("\\.")) {
            JsonNode next = node.get(name);
            if (next == null) return null;
            node = next;
        }
        return node;
    }

    /** The item with only these members, in their order; the whole item if none is given. */
    static JsonNode only(JsonNode state, List<String> members) {
        if (members.isEmpty() || !state.isObject()) return state;
        ObjectNode part = JsonNodeFactory.instance.objectNode();
        for (String member : members) {
            JsonNode value = at(state, member);
            if (value != null) part.set(member, value);
        }
        return part;
    }
}
