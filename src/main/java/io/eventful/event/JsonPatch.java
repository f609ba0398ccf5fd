package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/**
 * JSON Patch (RFC 6902) for documents whose numbers keep their text. A missing item is {@code null} at the root, so
 * creates and deletes are ordinary patches.
 */
public final class JsonPatch {

    private JsonPatch() {}

    /** The patch that transforms {@code before} into {@code after}: only add, remove and replace; empty if they are equal. */
    public static ArrayNode diff(JsonNode before, JsonNode after) {
        return new PatchDiff(PatchDiff.Guard.NONE).between(before, after);
    }

    /**
     * The patch that transforms {@code after} back into {@code before}. Each operation is guarded by a {@code test}: of the
     * value that is removed or replaced, or, if an element is inserted into an array, of its neighbour. So the patch fails
     * if the document was changed at one of these places. Added members are not guarded (RFC 6902 has no test for absence).
     */
    public static ArrayNode inverse(JsonNode before, JsonNode after) {
        return new PatchDiff(PatchDiff.Guard.TEST).between(after, before);
    }

    /** A patched copy of the document; the document itself is not changed. */
    public static JsonNode apply(JsonNode patch, JsonNode document) throws PatchException {
        return new PatchApplication(document).apply(patch);
    }
}
