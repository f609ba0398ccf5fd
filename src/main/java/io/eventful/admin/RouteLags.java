package io.eventful.admin;

import io.eventful.capture.Captures;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Relayed;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/** Lag and number of parked changes of each {@code capture:} route. */
@Component
final class RouteLags {

    private static final int MOST_PARKED = 1000;

    private final Captures captures;
    private final Ledger ledger;

    RouteLags(Captures captures, Ledger ledger) {
        this.captures = captures;
        this.ledger = ledger;
    }

    /**
     * One route.
     *
     * @param behind number of ledger positions that the route has not processed yet
     * @param parked number of parked changes, at most 1,000
     */
    record Lag(String route, long behind, int parked) {}

    List<Lag> all() {
        long head = ledger.head();
        Relayed relayed = ledger.relayed();
        return captures.routes().stream()
                .sorted()
                .map(route -> {
                    OptionalLong position = relayed.position(route);
                    return new Lag(
                            route,
                            Math.max(0, head - position.orElse(head)),
                            relayed.parked(route, 0, MOST_PARKED).size());
                })
                .toList();
    }
}
