package io.eventful.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far deliveries to a subscription have come. */
@FunctionalInterface
public interface Progress {

    /** Where a subscription stands now; may block on the store. */
    Position of(Subscription subscription);

    /** How its endpoint is now; null when it is well. */
    default @Nullable Endpoint endpoint(Subscription subscription) {
        return of(subscription).endpoint();
    }

    /**
     * @param position ledger position up to which everything it wants is delivered, or given up with a record
     * @param lag deliveries that wait
     * @param endpoint how its endpoint is; null when it is well
     */
    record Position(long position, long lag, @Nullable Endpoint endpoint) {
        public Position(long position, long lag) {
            this(position, lag, null);
        }
    }

    /**
     * An endpoint that is not well.
     *
     * @param state {@code failing}, {@code circuit-open} or {@code retry-after}
     * @param failures in a row
     * @param since the first of them; null when there is none
     * @param until when it is tried again; null when nothing holds it back
     */
    record Endpoint(
            String state,
            int failures,
            @Nullable Instant since,
            @Nullable Instant until) {}
}
