package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/**
 * JSON Patch (RFC 6902) over documents whose numbers are their texts. A missing item is {@code null} at the root, so
 * a create and a delete are patches like any other.
 */
public final class JsonPatch {

    private JsonPatch() {}

    /** The patch that makes {@code after} of {@code before}: add, remove and replace only; empty when they are equal. */
    public static ArrayNode diff(JsonNode before, JsonNode after) {
        return new PatchDiff(PatchDiff.Guard.NONE).between(before, after);
    }

    /**
     * The patch that makes {@code before} of {@code after}. A {@code test} stands before each operation: of the value
     * that goes, or, where an element enters an array, of its neighbour. So it is refused by a document that has moved
     * on at one of these places. Members that are added cannot be guarded (RFC 6902 has no test for absence).
     */
    public static ArrayNode inverse(JsonNode before, JsonNode after) {
        return new PatchDiff(PatchDiff.Guard.TEST).between(after, before);
    }

    /** A patched copy of the document; the document itself is untouched. */
    public static JsonNode apply(JsonNode patch, JsonNode document) throws PatchException {
        return new PatchApplication(document).apply(patch);
    }
}
