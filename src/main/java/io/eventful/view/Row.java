package io.eventful.view;

import io.eventful.event.Item;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An item as a view has it.
 *
 * @param id of the row within the store
 * @param item whose state it is
 * @param revision of its last change
 * @param position of its last change in the ledger
 * @param time of its last change
 * @param kind whether there is a state
 * @param etag the upstream's own entity tag; null when not known
 * @param state compact JSON; null unless the item is present
 */
record Row(
        long id,
        Item item,
        long revision,
        long position,
        Instant time,
        Projected.Kind kind,
        @Nullable String etag,
        byte @Nullable [] state) {

    /** The entity tag that callers see. */
    String tag() {
        return etag == null ? "\"r" + revision + '"' : etag;
    }
}
