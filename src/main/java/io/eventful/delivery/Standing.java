package io.eventful.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a delivery stands.
 *
 * @param attempts made so far
 * @param steps of the retry schedule spent so far
 * @param next when it is tried next, or when the claim of the attempt in flight ends; null when it waits behind another
 * @param finished when it was delivered or given up; null while it waits
 */
record Standing(
        State state,
        int attempts,
        int steps,
        @Nullable Instant next,
        @Nullable Instant finished,
        String reason) {

    /** As kept in the store. */
    enum State {
        PENDING,
        FAILED,
        DELIVERED,
        DEAD
    }

    static Standing waiting(@Nullable Instant due) {
        return new Standing(State.PENDING, 0, 0, due, null, "");
    }

    static Standing delivered(int attempts, int steps, Instant now, String reason) {
        return new Standing(State.DELIVERED, attempts, steps, null, now, reason);
    }

    /** The same, unless its subscription was deleted meanwhile: what is recorded after that nobody else ends. */
    Standing unlessDeleted(Lane lane, Instant now) {
        if (done() || !lane.deleted()) return this;
        return new Standing(State.DEAD, attempts, steps, null, now, "subscription-deleted");
    }

    /** Where it stands after an attempt. */
    Standing after(Verdict verdict, RetryDelay delays, Instant now) {
        int made = attempts + 1;
        return switch (verdict) {
            case Verdict.Delivered ignored -> delivered(made, steps, now, "");
            case Verdict.DeliveredLast last -> delivered(made, steps, now, last.reason());
            // Due at once when the subscription is resumed: the sink's refusal was of the subscription, not of this
            // one.
            case Verdict.Disable disable -> new Standing(State.FAILED, made, steps, now, null, disable.reason());
            case Verdict.Pause pause -> new Standing(State.FAILED, made, steps, pause.until(), null, pause.reason());
            case Verdict.Dead dead -> new Standing(State.DEAD, made, steps, null, now, dead.reason());
            case Verdict.Retry retry ->
                delays.after(steps + 1)
                        .map(delay ->
                                new Standing(State.FAILED, made, steps + 1, now.plus(delay), null, retry.reason()))
                        .orElseGet(() -> new Standing(State.DEAD, made, steps + 1, null, now, retry.reason()));
        };
    }

    boolean done() {
        return finished != null;
    }
}
