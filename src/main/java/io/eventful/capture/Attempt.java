package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.event.UnavailableException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One try of a change on a route.
 *
 * @param change to be handled
 * @param failures how often it failed for reasons of its own
 * @param waits how often in a row what the route needs was not there
 */
record Attempt(Change change, int failures, int waits) {

    static Attempt first(Change change) {
        return new Attempt(change, 0, 0);
    }

    /** Hands the change to a route; {@code done} is called once. */
    void begin(Receiver receiver, Consumer<@Nullable Throwable> done) {
        try {
            receiver.receive(change, done);
        } catch (RuntimeException e) {
            done.accept(e);
        }
    }

    /** The next attempt, after this one has failed. */
    Attempt failed(Throwable error) {
        return UnavailableException.isCauseOf(error)
                ? new Attempt(change, failures, waits + 1)
                : new Attempt(change, failures + 1, 0);
    }

    /** True when the change has had all its attempts. */
    boolean isSpent(CaptureSettings.Retry retry) {
        return waits == 0 && failures >= retry.attempts();
    }

    /** How long to wait before it; only for one that follows another. */
    Duration delay(CaptureSettings.Retry retry) {
        return waits > 0 ? retry.whileUnavailable(waits) : retry.after(failures);
    }
}
