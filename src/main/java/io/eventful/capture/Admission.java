package io.eventful.capture;

import io.eventful.edge.Answer;
import io.eventful.ledger.KeyClaim;
import org.jspecify.annotations.Nullable;

/** Whether a call may be sent, as far as its idempotency key is concerned. */
sealed interface Admission {

    /** It may; close when its outcome is durable, or was left to others. */
    record Granted(@Nullable KeyClaim claim, Runnable end) implements Admission, AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    /** It is answered without being sent. */
    record Refused(Answer answer) implements Admission {}
}
