package io.eventful.admin;

import java.time.Duration;

/** The result of the check of an admin key. */
sealed interface KeyDecision {

    /** The key is right. */
    record Accepted() implements KeyDecision {}

    /** The key is wrong or missing. */
    record Rejected() implements KeyDecision {}

    /** The key was not checked, because its client has sent too many wrong ones. */
    record Throttled(Duration pause) implements KeyDecision {

        /** Value of {@code Retry-After}: seconds until keys of the client are checked again, rounded up. */
        long seconds() {
            return Math.max(1, pause.plusNanos(999_999_999).toSeconds());
        }
    }
}
