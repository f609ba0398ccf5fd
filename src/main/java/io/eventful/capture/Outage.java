package io.eventful.capture;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of a route's failures: of each that is the change's own, but of an absence (a broker, a store) once when it
 * begins, each minute, and once when it is over, however many changes wait.
 */
final class Outage {

    private static final Logger log = LoggerFactory.getLogger(Outage.class);

    private static final Duration REMIND = Duration.ofMinutes(1);

    private final String route;
    private final Clock clock;
    private final LongSupplier waiting;
    /** When it was last told of; null while nothing is away. */
    private final AtomicReference<@Nullable Instant> told = new AtomicReference<>();

    /** @param waiting how many changes wait */
    Outage(String route, Clock clock, LongSupplier waiting) {
        this.route = route;
        this.clock = clock;
        this.waiting = waiting;
    }

    /** An attempt has failed; the next one follows after the delay. */
    void met(Attempt next, Duration delay, Throwable error) {
        if (next.waits() == 0) {
            log.warn(
                    "capture.route-failed route={} position={} subject={} attempt={} retryInMs={} reason=\"{}\"",
                    route,
                    next.change().position(),
                    next.change().subject(),
                    next.failures(),
                    delay.toMillis(),
                    Reasons.of(error));
            return;
        }
        Instant now = clock.instant();
        Instant before = told.get();
        if (before != null && now.isBefore(before.plus(REMIND))) return;
        if (told.compareAndSet(before, now))
            log.warn(
                    "capture.route-waits route={} changes={} reason=\"{}\" then=\"its changes stay in the ledger\"",
                    route,
                    waiting.getAsLong(),
                    Reasons.of(error));
    }

    void over() {
        if (told.get() != null && told.getAndSet(null) != null) log.info("capture.route-goes-on route={}", route);
    }
}
