package io.eventful.admin;

import io.eventful.capture.Captures;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Relayed;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Lag and number of parked changes of each {@code capture:} route, and of each other route with parked changes. */
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
     * @param behind number of ledger positions that the route has not processed yet; 0 unless it is a running {@code capture:}
     *     route
     * @param parked number of parked changes, at most 1,000
     */
    record Lag(String route, long behind, int parked) {}

    List<Lag> all() {
        long head = ledger.head();
        Relayed relayed = ledger.relayed();
        List<String> running = captures.routes();
        Set<String> routes = new TreeSet<>(running);
        routes.addAll(relayed.parking());
        return routes.stream()
                .map(route -> {
                    long position =
                            running.contains(route) ? relayed.position(route).orElse(head) : head;
                    return new Lag(
                            route,
                            Math.max(0, head - position),
                            relayed.parked(route, 0, MOST_PARKED).size());
                })
                .toList();
    }
}
