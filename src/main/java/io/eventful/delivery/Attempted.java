package io.eventful.delivery;

import io.eventful.subscription.Subscription;
import java.time.Instant;

/** An attempt that has ended: its outcome, and what follows from it. */
record Attempted(Outcome outcome, Verdict verdict, AttemptRecord log, Instant ended) {

    /**
     * The attempt as it counts for the subscription now. When the subscription was given another sink during the
     * attempt, the answer of the former sink decides about this delivery only: it neither pauses nor disables the
     * subscription.
     */
    Attempted heardBy(Subscription now, Subscription called) {
        if (!now.movedFrom(called)) return this;
        Verdict own = switch (verdict) {
            case Verdict.Pause pause -> new Verdict.Retry(pause.reason());
            case Verdict.Disable disable -> new Verdict.Retry(disable.reason());
            case Verdict.DeliveredLast ignored -> new Verdict.Delivered();
            case Verdict.Delivered delivered -> delivered;
            case Verdict.Retry retry -> retry;
            case Verdict.Dead dead -> dead;
        };
        return new Attempted(outcome, own, log, ended);
    }
}
