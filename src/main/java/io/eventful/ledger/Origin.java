package io.eventful.ledger;

import io.eventful.event.Item;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of a change besides its documents.
 *
 * @param position of the change
 * @param item whose change it is, with the scope that no event tells
 * @param revision within the item
 * @param action of the change
 * @param time of the change
 * @param shows what is known of the item after it
 * @param etag the upstream's entity tag of that state; null when none came with the reply
 */
public record Origin(
        long position,
        Item item,
        long revision,
        String action,
        Instant time,
        Shows shows,
        @Nullable String etag) {

    /** What is known of an item after a change. */
    public enum Shows {
        STATE,
        NOTHING,
        UNKNOWN
    }
}
