package io.eventful.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Item;
import io.eventful.event.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of an item after one of its changes.
 *
 * @param item whose state it is
 * @param revision revision of the change; a view keeps the highest
 * @param position position of the change in the ledger; 0 for a foreign event
 * @param time time of the change
 * @param kind whether the state is known
 * @param state the item; null unless it exists
 * @param etag entity tag of the upstream for this state; null if not known
 */
record Projected(
        Item item,
        long revision,
        long position,
        Instant time,
        Kind kind,
        @Nullable JsonNode state,
        @Nullable String etag) {

    /** Whether the state of an item is known. */
    enum Kind {
        PRESENT,
        /** Deleted; its row stays, so that an older event cannot bring it back. */
        GONE,
        /** Changed, but the new state is not known. */
        UNKNOWN
    }

    byte @Nullable [] bytes() {
        return state == null ? null : Json.bytes(state);
    }
}
