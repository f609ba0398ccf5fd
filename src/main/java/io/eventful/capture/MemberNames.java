package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of a document's members, at any depth of objects; values and arrays are not looked at, nor members that are null. */
final class MemberNames {

    private MemberNames() {}

    /** Whether a document is an object with some member. */
    static boolean areIn(JsonNode document) {
        return document.isObject()
                && document.properties().stream()
                        .anyMatch(member -> !member.getValue().isNull());
    }

    /** Whether the whole has all names that the part has, at the same places. */
    static boolean contains(@Nullable JsonNode whole, JsonNode part) {
        if (whole == null) return false;
        if (!part.isObject()) return true;
        if (!whole.isObject()) return false;
        for (Map.Entry<String, JsonNode> member : part.properties())
            if (!member.getValue().isNull() && !contains(whole.get(member.getKey()), member.getValue())) return false;
        return true;
    }
}
