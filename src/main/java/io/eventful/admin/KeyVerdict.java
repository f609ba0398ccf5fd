package io.eventful.admin;

import java.time.Duration;

/** What becomes of who presents a key. */
sealed interface KeyVerdict {

    /** It is the admin key. */
    record Right() implements KeyVerdict {}

    /** It is not. */
    record Wrong() implements KeyVerdict {}

    /** It was not looked at: its client has guessed too often. */
    record Later(Duration pause) implements KeyVerdict {

        /** For {@code Retry-After}: then, and not a moment before, keys are looked at again. */
        long seconds() {
            return Math.max(1, pause.plusNanos(999_999_999).toSeconds());
        }
    }
}
