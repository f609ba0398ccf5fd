package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Image;
import io.eventful.event.Json;
import io.eventful.event.JsonPatch;
import io.eventful.event.JsonPointers;
import io.eventful.event.PatchException;
import io.eventful.event.Redaction;
import java.util.List;
import java.util.Optional;

/**
 * States that a patch makes of an item. What the ledger has of the item lacks what is redacted; where that is elements of
 * an array, the others have moved up, so nothing may be taken out of such a state again.
 */
final class Patched {

    private Patched() {}

    /** By a merge patch (RFC 7396); empty when the item is not known. */
    static Optional<Content> merged(Content before, JsonNode patch, CaptureOptions options) {
        JsonNode whole = before.json();
        if (whole != null) return Optional.of(Documents.document(MergePatch.apply(whole, patch), options));
        if (!(before.image() instanceof Image.Known known)) return Optional.empty();
        Redaction redaction = Json.redact(patch, options.redact());
        JsonNode merged = MergePatch.apply(known.json(), redaction.json());
        boolean redacted = redaction.removed() || known.isRedacted();
        return Optional.of(Content.of(merged, new Redaction(merged, redacted)));
    }

    /** By a JSON Patch (RFC 6902); empty when the item is not known, or when the patch counts elements that are missing. */
    static Optional<Content> applied(Content before, JsonNode patch, CaptureOptions options) {
        try {
            JsonNode whole = before.json();
            if (whole != null) return Optional.of(Documents.document(JsonPatch.apply(patch, whole), options));
            if (!(before.image() instanceof Image.Known image)) return Optional.empty();
            JsonNode known = image.json();
            List<String> arrays = options.redact().stream()
                    .map(Patched::parent)
                    .filter(parent -> JsonPointers.at(known, parent)
                            .filter(JsonNode::isArray)
                            .isPresent())
                    .toList();
            if (arrays.stream().anyMatch(array -> touches(patch, array))) return Optional.empty();
            List<String> others = options.redact().stream()
                    .filter(pointer -> !arrays.contains(parent(pointer)))
                    .toList();
            Redaction redaction = Json.redact(JsonPatch.apply(patch, known), others);
            boolean redacted = redaction.removed() || image.isRedacted();
            return Optional.of(Content.of(redaction.json(), new Redaction(redaction.json(), redacted)));
        } catch (PatchException e) {
            return Optional.empty();
        }
    }

    /** Whether a document is a JSON Patch that does something, whatever type it is sent as. */
    static boolean isJsonPatch(JsonNode document) {
        if (!document.isArray() || document.isEmpty()) return false;
        for (JsonNode operation : document)
            if (!operation.path("op").isTextual() || !operation.path("path").isTextual()) return false;
        return true;
    }

    private static boolean touches(JsonNode patch, String array) {
        for (JsonNode operation : patch)
            for (String name : List.of("path", "from")) {
                JsonNode pointer = operation.path(name);
                if (pointer.isTextual() && (isWithin(pointer.asText(), array) || isWithin(array, pointer.asText())))
                    return true;
            }
        return false;
    }

    private static boolean isWithin(String pointer, String other) {
        return pointer.equals(other) || pointer.startsWith(other + '/');
    }

    private static String parent(String pointer) {
        return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
    }
}
