package io.eventful.routes;

import io.eventful.event.Json;
import io.eventful.event.JsonFormatException;
import io.eventful.event.JsonPatch;
import io.eventful.event.PatchException;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/**
 * The bean {@value #NAME}, available in every route: applies JSON Patches, for consumers of change events (ES). Numbers
 * keep their text. Public because Camel calls it by reflection.
 */
public final class PatchBean {

    static final String NAME = "json-patch";

    PatchBean() {}

    /**
     * The variable {@code document}, patched (RFC 6902) by the body.
     *
     * @param patch JSON array of operations, or an event whose data has one as {@code patch}
     * @param document JSON text; null or {@code null} for an item that does not exist
     * @return JSON text of the item; null when the patch removes it
     * @throws IllegalArgumentException if one of them is not JSON, or the patch cannot be applied
     */
    public @Nullable String apply(@Body String patch, @Variable("document") @Nullable String document) {
        try {
            var operations = Json.parse(patch);
            if (operations.isObject()) operations = operations.at("/data/patch");
            var patched = JsonPatch.apply(operations, Json.parse(document == null ? "null" : document));
            return patched.isNull() ? null : Json.text(patched);
        } catch (JsonFormatException | PatchException unfit) {
            throw new IllegalArgumentException(
                    "the patch cannot be applied to the document: " + unfit.getMessage(), unfit);
        }
    }
}
