package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.event.Item;
import io.eventful.event.UnavailableException;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Relayed;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The changes that one route could not handle: each a durable row, and a sign to later changes of the same item. */
final class Parking {

    private static final Logger log = LoggerFactory.getLogger(Parking.class);
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    private final String route;
    private final Ledger ledger;
    private final Relayed relayed;
    private final Pauses pauses;
    private final Clock clock;
    private final CaptureSettings.Retry limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock retrying = new ReentrantLock();
    /** Positions of the changes of an item that are parked, or are about to be. */
    private final Map<Item, TreeSet<Long>> parked = new HashMap<>();
    /** Rows that are not durable yet, by position. */
    private final Map<Long, CompletableFuture<Void>> storing = new ConcurrentHashMap<>();

    private volatile boolean stopped;

    Parking(String route, Ledger ledger, Pauses pauses, Clock clock, CaptureSettings.Retry limits) {
        this.route = route;
        this.ledger = ledger;
        this.relayed = ledger.relayed();
        this.pauses = pauses;
        this.clock = clock;
        this.limits = limits;
    }

    /** Reads what was parked before. */
    void load() {
        List<Relayed.Parked> rows = relayed.parked(route);
        lock.lock();
        try {
            parked.clear();
            for (Relayed.Parked row : rows) positions(row.item()).add(row.position());
        } finally {
            lock.unlock();
        }
    }

    /** How many changes are parked, or are about to be. */
    int size() {
        lock.lock();
        try {
            return parked.values().stream().mapToInt(TreeSet::size).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Begins no further retry. */
    void stop() {
        stopped = true;
    }

    private TreeSet<Long> positions(Item item) {
        return parked.computeIfAbsent(item, key -> new TreeSet<>());
    }

    /** Parks a change and calls {@code done} when that is durable, however long the store takes. */
    void park(Change change, String reason, int attempts, Runnable done) {
        lock.lock();
        try {
            positions(change.item()).add(change.position());
            storing.put(change.position(), new CompletableFuture<>());
        } finally {
            lock.unlock();
        }
        log.error(
                "capture.parked route={} position={} subject={} attempts={} reason=\"{}\"",
                route,
                change.position(),
                change.item().subject(),
                attempts,
                reason);
        store(change, reason, attempts, done);
    }

    /** Parks a change whose item has a parked one already; false when there is none. */
    boolean parkBehind(Change change, Runnable done) {
        boolean known;
        lock.lock();
        try {
            TreeSet<Long> before = parked.get(change.item());
            if (before == null) return false;
            known = !before.add(change.position());
            if (!known) storing.put(change.position(), new CompletableFuture<>());
        } finally {
            lock.unlock();
        }
        // After a crash a route reads again what it has parked: that row stands, with its reason.
        if (known) done.run();
        else store(change, "behind a parked change of the same subject", 0, done);
        return true;
    }

    private void store(Change change, String reason, int attempts, Runnable done) {
        Relayed.Parked row =
                new Relayed.Parked(route, change.position(), change.item(), reason, attempts, clock.instant());
        relayed.park(row).whenComplete((stored, error) -> {
            if (error == null) {
                stored(change.position());
                done.run();
                return;
            }
            log.warn(
                    "capture.not-parked route={} position={} reason=\"{}\"",
                    route,
                    change.position(),
                    error.toString());
            pauses.after(STORE_PAUSE, () -> store(change, reason, attempts, done));
        });
    }

    private void stored(long position) {
        CompletableFuture<Void> row = storing.remove(position);
        if (row != null) row.complete(null);
    }

    /** Tries the parked changes of a subject (null: of all) anew, each item's in order until one fails. Blocks. */
    void retry(@Nullable String only, Receiver receiver) {
        List<Item> items;
        lock.lock();
        try {
            items = parked.keySet().stream()
                    .filter(item -> only == null || item.subject().equals(only))
                    .toList();
        } finally {
            lock.unlock();
        }
        for (Item item : items) retryOne(item, receiver);
    }

    private void retryOne(Item item, Receiver receiver) {
        retrying.lock();
        try {
            for (Long next = first(item); next != null && !stopped; next = first(item))
                if (!handled(next, receiver) || !released(item, next)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            retrying.unlock();
        }
    }

    private @Nullable Long first(Item item) {
        lock.lock();
        try {
            TreeSet<Long> positions = parked.get(item);
            return positions == null ? null : positions.first();
        } finally {
            lock.unlock();
        }
    }

    /** Waits while what the route needs is away, so that a start beside a broker that is down releases all later. */
    private boolean handled(long position, Receiver receiver) throws InterruptedException {
        for (int waits = 1; !stopped; waits++) {
            Throwable error = attempt(position, receiver);
            if (error == null) return true;
            if (!UnavailableException.isCauseOf(error)) {
                log.warn(
                        "capture.parked-failed-again route={} position={} reason=\"{}\"",
                        route,
                        position,
                        Reasons.of(error));
                return false;
            }
            pauses.pause(limits.whileUnavailable(waits));
        }
        return false;
    }

    private @Nullable Throwable attempt(long position, Receiver receiver) {
        try {
            Change change = ledger.at(position).orElse(null);
            if (change == null) return null; // retention has taken it
            CompletableFuture<@Nullable Throwable> result = new CompletableFuture<>();
            receiver.receive(change, result::complete);
            return result.join();
        } catch (RuntimeException e) {
            return e;
        }
    }

    /**
     * The row goes after the change was handled: a crash in between repeats the change, and loses none. One that the store
     * has not taken yet would come after it has gone, and be handled again at the next start.
     */
    private boolean released(Item item, long position) {
        CompletableFuture<Void> row = storing.get(position);
        if (row != null) row.join();
        try {
            relayed.unpark(route, position).join();
        } catch (RuntimeException e) {
            log.warn(
                    "capture.handled-but-still-parked route={} position={} reason=\"{}\"",
                    route,
                    position,
                    Reasons.of(e));
            return false;
        }
        lock.lock();
        try {
            TreeSet<Long> positions = parked.get(item);
            if (positions != null && positions.remove(position) && positions.isEmpty()) parked.remove(item);
        } finally {
            lock.unlock();
        }
        return true;
    }
}
