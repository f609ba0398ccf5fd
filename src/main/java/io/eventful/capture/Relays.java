package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Relayed;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relays that run, by their routes. Read without a lock: the ledger's writer wakes the relays, and must never wait
 * for an exchange of routes.
 */
final class Relays {

    private static final Logger log = LoggerFactory.getLogger(Relays.class);

    private final Ledger ledger;
    private final Pauses pauses;
    private final Precedence precedence;
    private final Executor threads;
    private final Clock clock;
    private final CaptureSettings settings;
    private final RelayMetrics metrics;
    private final Map<String, Relay> relays = new ConcurrentHashMap<>();

    Relays(
            Ledger ledger,
            Pauses pauses,
            Precedence precedence,
            Executor threads,
            Clock clock,
            CaptureSettings settings,
            RelayMetrics metrics) {
        this.ledger = ledger;
        this.pauses = pauses;
        this.precedence = precedence;
        this.threads = threads;
        this.clock = clock;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** Relays for routes that come: each finds out where it begins, and none runs yet. */
    Map<String, Relay> make(
            Collection<CaptureRoute> coming, CaptureTable former, CaptureTable next, Supplier<CaptureTable> present) {
        Beginnings beginnings = Beginnings.settle(ledger.relayed(), coming, former, next, relays::containsKey);
        // After the positions: a crash in between leaves the rows to be handed over at the next start.
        Inheritance.settle(ledger, coming, former, next, relays::containsKey);
        Map<String, Relay> made = new LinkedHashMap<>();
        for (CaptureRoute route : coming) {
            Predicate<Change> mine = change -> !beginnings.isDone(route.id(), change)
                    && present.get()
                            .plan(change)
                            .filter(plan -> plan.routes().contains(route.id()))
                            .isPresent();
            made.put(route.id(), make(route.id(), mine, route.receiver()));
        }
        return made;
    }

    /** A relay that finds out where it begins, and does not run yet. */
    Relay make(String route, Predicate<Change> mine, Receiver receiver) {
        return new Relay(route, mine, receiver, ledger, pauses, precedence, threads, clock, settings);
    }

    /** Runs a relay; fails with {@link IllegalStateException} when the route has one that runs. */
    void start(String route, Relay relay) {
        if (relays.putIfAbsent(route, relay) != null) throw runs(route);
        metrics.show(route, relay);
        relay.start();
    }

    /** Ends a relay: waits, bounded, for its changes in flight. Nothing when it does not run. */
    void stop(String route, Relay relay) {
        if (!relays.remove(route, relay)) return;
        metrics.hide(relay);
        relay.stop();
    }

    void refuseWhatRuns(String route) {
        if (relays.containsKey(route)) throw runs(route);
    }

    private static IllegalStateException runs(String route) {
        return new IllegalStateException("the route " + route + " runs already");
    }

    @Nullable
    Relay find(String route) {
        return relays.get(route);
    }

    /** Tries parked changes anew; false when the route does not run. */
    boolean retryParked(String route, @Nullable String subject) {
        Relay relay = relays.get(route);
        if (relay != null) relay.retryParked(subject);
        return relay != null;
    }

    /** Gives up a change that a route has parked, also one that is gone; empty when there is none. Blocks on the store. */
    Optional<Relayed.Skipped> skipParked(String route, long position, String note) {
        Optional<Relayed.Skipped> skipped;
        try {
            skipped = ledger.relayed()
                    .skip(route, position, clock.instant(), note)
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
        skipped.ifPresent(row -> {
            log.warn(
                    "capture.skipped route={} position={} subject={} reason=\"{}\"",
                    route,
                    position,
                    row.parked().item().subject(),
                    row.parked().reason());
            Relay relay = relays.get(route);
            if (relay != null) relay.skipped(row.parked());
        });
        return skipped;
    }

    Set<String> routes() {
        return Set.copyOf(relays.keySet());
    }

    /** There are changes up to a position; 0 when it is not known. */
    void wake(long head) {
        relays.values().forEach(relay -> relay.wake(head));
    }

    boolean busy() {
        long head = ledger.head();
        return relays.values().stream().anyMatch(relay -> relay.busy(head));
    }

    /** How many changes have been begun and are not done. */
    int open() {
        return relays.values().stream().mapToInt(Relay::open).sum();
    }
}
