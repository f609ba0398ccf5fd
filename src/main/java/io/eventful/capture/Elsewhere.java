package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.JsonPointers;
import java.util.Collection;

/**
 * What is to be redacted, at other places than the pointers name: a reply may have the item in an envelope, where the
 * pointers of the route find nothing.
 */
final class Elsewhere {

    private Elsewhere() {}

    /** Whether some part of a document has what the pointers name in the document itself, where it has been taken out. */
    static boolean has(JsonNode document, Collection<String> pointers) {
        if (pointers.isEmpty()) return false;
        for (JsonNode part : document)
            if (part.isContainerNode()
                    && (pointers.stream()
                                    .anyMatch(pointer ->
                                            JsonPointers.at(part, pointer).isPresent())
                            || has(part, pointers))) return true;
        return false;
    }
}
