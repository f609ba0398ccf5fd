package io.eventful.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Item;
import io.eventful.event.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an item is after one of its changes.
 *
 * @param item whose state it is
 * @param revision of the change within the item; a view keeps the highest
 * @param position of the change in the ledger; 0 for an event of somebody else's
 * @param time of the change
 * @param kind whether there is a state
 * @param state the item; null unless it is present
 * @param etag the upstream's own entity tag of this state; null when not known
 */
record Projected(
        Item item,
        long revision,
        long position,
        Instant time,
        Kind kind,
        @Nullable JsonNode state,
        @Nullable String etag) {

    /** Whether a view has a state of an item. */
    enum Kind {
        PRESENT,
        /** Deleted; its row stays, so that an older event cannot bring it back. */
        GONE,
        /** It has changed, and nobody could tell into what. */
        UNKNOWN
    }

    byte @Nullable [] bytes() {
        return state == null ? null : Json.bytes(state);
    }
}
