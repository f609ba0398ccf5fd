package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Image;
import io.eventful.event.Json;
import io.eventful.ledger.IntentDraft;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an item's present state says about a call of which no reply came. */
enum Verdict {
    /** The item is as the call should have made it. */
    CONFIRMED,
    /** The item is as it was before the call. */
    REFUTED,
    /** The item is neither, or too little is known of it. */
    UNKNOWN;

    /** Compares the item's present state with the states before and after the call. */
    static Verdict of(IntentDraft draft, Image now) {
        Image before = draft.before();
        Image expected = draft.expected();
        if (same(before, now)) return REFUTED;
        if (expected == null) return UNKNOWN;
        if (same(expected, now)) return CONFIRMED;
        if (!matches(expected, now)) return UNKNOWN;
        // A state that already had all the call was to bring is no sign of the call.
        return matches(expected, before) ? UNKNOWN : CONFIRMED;
    }

    /** True when both are known to be the same state. */
    static boolean same(Image left, Image right) {
        if (left instanceof Image.Absent && right instanceof Image.Absent) return true;
        if (left instanceof Image.Known one && right instanceof Image.Known other)
            return Json.same(one.json(), other.json());
        return left instanceof Image.Digested one
                && right instanceof Image.Digested other
                && one.size() == other.size()
                && one.digest().equals(other.digest());
    }

    /** The same state, but for members that the REST system adds by itself. */
    private static boolean matches(Image expected, Image now) {
        if (expected instanceof Image.Known part && now instanceof Image.Known whole)
            return contains(whole.json(), part.json());
        return same(expected, now);
    }

    /** True when every member of the part is in the whole with the same value, at any depth of objects. */
    static boolean contains(@Nullable JsonNode whole, JsonNode part) {
        if (whole == null) return false;
        if (!part.isObject() || !whole.isObject()) return Json.same(whole, part);
        for (Map.Entry<String, JsonNode> member : part.properties()) {
            JsonNode value = whole.get(member.getKey());
            // A null that was written may be kept as a missing member.
            if (value == null && member.getValue().isNull()) continue;
            if (!contains(value, member.getValue())) return false;
        }
        return true;
    }
}
