package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.event.Item;
import io.eventful.event.UnavailableException;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Relayed;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The changes that one route could not handle: each a durable row, and a sign to later changes of the same item. */
final class Parking {

    private static final Logger log = LoggerFactory.getLogger(Parking.class);
    private static final int PAGE = 500;
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    private final String route;
    private final Ledger ledger;
    private final Relayed relayed;
    private final Pauses pauses;
    private final Clock clock;
    private final CaptureSettings.Retry limits;
    private final ReentrantLock retrying = new ReentrantLock();
    private final ParkedItems parked = new ParkedItems();
    private final Set<Long> givenUp = ConcurrentHashMap.newKeySet();
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

    /**
     * Reads what was parked before, and what was given up behind a position.
     *
     * @param from where the route goes on: what it has come to may be kept late, so it may read again what was given up
     */
    void load(long from) {
        parked.load(relayed.parked(route));
        List<Relayed.Skipped> page = relayed.skipped(route, from, PAGE);
        while (!page.isEmpty()) {
            for (Relayed.Skipped row : page) givenUp.add(row.parked().position());
            page = relayed.skipped(route, page.getLast().parked().position(), PAGE);
        }
    }

    /** Whether an operator gave a change up, in an earlier life of the route. */
    boolean isGivenUp(Change change) {
        return !givenUp.isEmpty() && givenUp.contains(change.position());
    }

    /** How many changes are parked, or are about to be. */
    int size() {
        return parked.size();
    }

    /** Begins no further retry. */
    void stop() {
        stopped = true;
    }

    /** Parks a change and calls {@code done} when that is durable, however long the store takes. */
    void park(Change change, String reason, int attempts, Runnable done) {
        storing.put(change.position(), new CompletableFuture<>());
        parked.add(change.item(), change.position());
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
        Runnable about = () -> storing.put(change.position(), new CompletableFuture<>());
        return switch (parked.addBehind(change.item(), change.position(), about)) {
            case NONE -> false;
            case NEW -> {
                store(change, "behind a parked change of the same subject", 0, done);
                yield true;
            }
            // After a crash a route reads again what it has parked: that row stands, with its reason.
            case KNOWN -> {
                done.run();
                yield true;
            }
        };
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
        for (Item item : parked.items(only)) retryOne(item, receiver);
    }

    private void retryOne(Item item, Receiver receiver) {
        retrying.lock();
        try {
            for (Long next = parked.first(item); next != null && !stopped; next = parked.first(item))
                if (!handled(item, next, receiver) || !released(item, next)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            retrying.unlock();
        }
    }

    /** Waits while what the route needs is away, so that a start beside a broker that is down releases all later. */
    private boolean handled(Item item, long position, Receiver receiver) throws InterruptedException {
        for (int waits = 1; !stopped; waits++) {
            if (!parked.has(item, position)) return true; // it was given up
            Throwable error = attempt(position, receiver);
            if (error == null) return true;
            if (!UnavailableException.isCauseOf(error)) {
                failedAgain(position, Reasons.of(error));
                return false;
            }
            pauses.pause(limits.whileUnavailable(waits));
        }
        return false;
    }

    /** The row may still say that the change waits behind another one, or what was wrong before the route was mended. */
    private void failedAgain(long position, String reason) {
        log.warn("capture.parked-failed-again route={} position={} reason=\"{}\"", route, position, reason);
        CompletableFuture<Void> row = storing.get(position);
        if (row != null) row.join();
        relayed.failedAgain(route, position, reason).whenComplete((kept, error) -> {
            if (error != null)
                log.warn(
                        "capture.reason-not-kept route={} position={} reason=\"{}\"",
                        route,
                        position,
                        error.toString());
        });
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
        parked.remove(item, position);
        return true;
    }

    /** A row was taken away, since an operator gave its change up. */
    void skipped(Relayed.Parked row) {
        parked.remove(row.item(), row.position());
    }
}
