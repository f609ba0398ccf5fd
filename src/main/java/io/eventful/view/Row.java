package io.eventful.view;

import io.eventful.event.Item;
import io.eventful.event.RevisionTag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An item in a view.
 *
 * @param id id of the row
 * @param item whose state it is
 * @param revision revision of its last change
 * @param position ledger position of its last change
 * @param time time of its last change
 * @param kind whether the state is known
 * @param etag entity tag of the upstream; null if not known
 * @param state compact JSON; null unless the item exists
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

    /** The entity tag in responses. */
    String tag() {
        return etag == null ? RevisionTag.of(item, revision) : etag;
    }
}
