package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.Image;
import io.eventful.event.JsonPatch;
import org.jspecify.annotations.Nullable;

/**
 * Patches of creates and deletes. They consist of the whole item, which the ledger keeps anyway, so only their
 * existence is kept.
 */
final class Wholes {

    static final String ONE_WAY = "patch";
    static final String BOTH_WAYS = "both";
    private static final String MEMBER = "whole";

    private Wholes() {}

    /** Whether a change makes or removes an item whose images are both known. */
    static boolean are(Image before, Image after) {
        return before instanceof Image.Absent || after instanceof Image.Absent;
    }

    static void note(ObjectNode head, String ways) {
        head.put(MEMBER, ways);
    }

    /** The patch; null when the head does not say that it is to be made. */
    static @Nullable ArrayNode patch(JsonNode head, Image before, Image after) {
        JsonNode from = Images.document(before);
        JsonNode to = Images.document(after);
        return !head.has(MEMBER) || from == null || to == null ? null : JsonPatch.diff(from, to);
    }

    /** The inverse; null when there is none, or the head does not say that it is to be made. */
    static @Nullable ArrayNode inverse(JsonNode head, Image before, Image after) {
        JsonNode from = Images.document(before);
        JsonNode to = Images.document(after);
        boolean made = head.path(MEMBER).asText().equals(BOTH_WAYS);
        return !made || from == null || to == null ? null : JsonPatch.inverse(from, to);
    }
}
