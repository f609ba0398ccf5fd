package io.eventful.ledger;

import io.eventful.event.Image;
import org.jspecify.annotations.Nullable;

/**
 * The images of a change, each of which says whether members were taken out of it. Entries of earlier versions have no
 * such mark, only the change's reason, which may mean either: then both count as redacted.
 */
record Redacted(Image before, Image after) {

    private static final String REASON = "redacted";

    static Redacted of(@Nullable String reason, Image before, Image after) {
        Redacted marked = new Redacted(before, after);
        return !REASON.equals(reason) || marked.isEither() ? marked : new Redacted(before.redacted(), after.redacted());
    }

    /** Whether one of them is, so that the change cannot be taken back. */
    boolean isEither() {
        return before.isRedacted() || after.isRedacted();
    }
}
