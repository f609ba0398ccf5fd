package io.eventful.event;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a rendered event. It is not part of the event and never leaves the process; the final id of the event is
 * derived from it when the channel is known.
 *
 * @param position of the change in the ledger
 * @param rendering name of the pattern or variant
 * @param ordinal number among the events of the same rendering of the same change, from 0
 * @param claim the data of a claim check, to replace the event's data; null if there is none, or if the data was changed
 *     since, as the claim would give what a route has taken out
 */
public record Rendered(
        long position,
        String rendering,
        int ordinal,
        @Nullable Supplier<byte[]> claim) {

    /** An origin without a claim check. */
    public Rendered(long position, String rendering, int ordinal) {
        this(position, rendering, ordinal, null);
    }

    /** The same origin with another rendering name. */
    public Rendered as(String name) {
        return new Rendered(position, name, ordinal, claim);
    }

    Rendered withoutClaim() {
        return claim == null ? this : new Rendered(position, rendering, ordinal);
    }
}
