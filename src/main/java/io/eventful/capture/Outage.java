package io.eventful.capture;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of a route's failures: of each that is the change's own, but of an absence (a broker, a store) once when it
 * begins and once when it is over, however many changes wait.
 */
final class Outage {

    private static final Logger log = LoggerFactory.getLogger(Outage.class);

    private final String route;
    private final AtomicBoolean on = new AtomicBoolean();

    Outage(String route) {
        this.route = route;
    }

    /** An attempt has failed; the next one follows after the delay. */
    void met(Attempt next, Duration delay, Throwable error) {
        if (next.waits() == 0) {
            log.warn(
                    "route failed for a change: route={} position={} subject={} attempt={} retryInMs={} error={}",
                    route,
                    next.change().position(),
                    next.change().subject(),
                    next.failures(),
                    delay.toMillis(),
                    Reasons.of(error));
        } else if (on.compareAndSet(false, true)) {
            log.warn("route waits, its changes stay in the ledger: route={} error={}", route, Reasons.of(error));
        }
    }

    void over() {
        if (on.get() && on.compareAndSet(true, false)) log.info("route goes on: route={}", route);
    }
}
