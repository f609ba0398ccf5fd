package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Relayed;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The changes that one route could not handle: each a durable row, and a sign to later changes of the same subject. */
final class Parking {

    private static final Logger log = LoggerFactory.getLogger(Parking.class);
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    private final String route;
    private final Relayed relayed;
    private final Pauses pauses;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock retrying = new ReentrantLock();
    /** How many changes of a subject are parked, or are about to be. */
    private final Map<String, Integer> parked = new HashMap<>();

    Parking(String route, Relayed relayed, Pauses pauses, Clock clock) {
        this.route = route;
        this.relayed = relayed;
        this.pauses = pauses;
        this.clock = clock;
    }

    /** Reads what was parked before. */
    void load() {
        List<Relayed.Parked> rows = relayed.parked(route);
        lock.lock();
        try {
            parked.clear();
            for (Relayed.Parked row : rows) parked.merge(row.subject(), 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    /** Parks a change and calls {@code done} when that is durable, however long the store takes. */
    void park(Change change, String reason, int attempts, Runnable done) {
        lock.lock();
        try {
            parked.merge(change.item().subject(), 1, Integer::sum);
        } finally {
            lock.unlock();
        }
        log.error(
                "change parked: route={} position={} subject={} attempts={} error={}",
                route, change.position(), change.item().subject(), attempts, reason);
        store(change, reason, attempts, done);
    }

    /** Parks a change whose subject has a parked one already; false when there is none. */
    boolean parkBehind(Change change, Runnable done) {
        lock.lock();
        try {
            if (parked.computeIfPresent(change.item().subject(), (subject, count) -> count + 1) == null) return false;
        } finally {
            lock.unlock();
        }
        store(change, "behind a parked change of the same subject", 0, done);
        return true;
    }

    private void store(Change change, String reason, int attempts, Runnable done) {
        Relayed.Parked row = new Relayed.Parked(
                route, change.position(), change.item().subject(), reason, attempts, clock.instant());
        relayed.park(row).whenComplete((stored, error) -> {
            if (error == null) {
                done.run();
                return;
            }
            log.warn("ledger did not take a parked change: route={} position={} error={}",
                    route, change.position(), error.toString());
            pauses.after(STORE_PAUSE, () -> store(change, reason, attempts, done));
        });
    }

    /** Tries the parked changes of a subject anew, in order, until one fails. Blocks. */
    void retry(String subject, Ledger ledger, Receiver receiver) {
        retrying.lock();
        try {
            while (true) {
                Optional<Relayed.Parked> first = relayed.parked(route).stream()
                        .filter(row -> row.subject().equals(subject))
                        .findFirst();
                if (first.isEmpty()) return;
                Relayed.Parked row = first.get();
                Change change = ledger.at(row.position()).orElse(null);
                if (change != null && !receives(change, receiver)) return;
                relayed.unpark(route, row.position()).join();
                lock.lock();
                try {
                    parked.computeIfPresent(subject, (key, count) -> count == 1 ? null : count - 1);
                } finally {
                    lock.unlock();
                }
            }
        } finally {
            retrying.unlock();
        }
    }

    private boolean receives(Change change, Receiver receiver) {
        CompletableFuture<@Nullable Throwable> result = new CompletableFuture<>();
        receiver.receive(change, result::complete);
        Throwable error = result.join();
        if (error == null) return true;
        log.warn("parked change failed again: route={} position={} error={}",
                route, change.position(), Reasons.of(error));
        return false;
    }
}
