package io.eventful.capture;

import io.eventful.event.Change;
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
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The changes that one route could not handle: each a durable row, and a sign to later changes of the same subject. */
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
    /** Positions of the changes of a subject that are parked, or are about to be. */
    private final Map<String, TreeSet<Long>> parked = new HashMap<>();

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
            for (Relayed.Parked row : rows) positions(row.subject()).add(row.position());
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

    private TreeSet<Long> positions(String subject) {
        return parked.computeIfAbsent(subject, key -> new TreeSet<>());
    }

    /** Parks a change and calls {@code done} when that is durable, however long the store takes. */
    void park(Change change, String reason, int attempts, Runnable done) {
        lock.lock();
        try {
            positions(change.item().subject()).add(change.position());
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

    /** Parks a change whose subject has a parked one already; false when there is none. */
    boolean parkBehind(Change change, Runnable done) {
        boolean known;
        lock.lock();
        try {
            TreeSet<Long> before = parked.get(change.item().subject());
            if (before == null) return false;
            known = !before.add(change.position());
        } finally {
            lock.unlock();
        }
        // After a crash a route reads again what it has parked: that row stands, with its reason.
        if (known) done.run();
        else store(change, "behind a parked change of the same subject", 0, done);
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
            log.warn(
                    "capture.not-parked route={} position={} reason=\"{}\"",
                    route,
                    change.position(),
                    error.toString());
            pauses.after(STORE_PAUSE, () -> store(change, reason, attempts, done));
        });
    }

    /** Tries the parked changes of a subject (null: of all) anew, in order, until one fails. Blocks. */
    void retry(@Nullable String only, Receiver receiver) {
        List<String> subjects;
        lock.lock();
        try {
            subjects = only == null ? List.copyOf(parked.keySet()) : List.of(only);
        } finally {
            lock.unlock();
        }
        for (String subject : subjects) retryOne(subject, receiver);
    }

    private void retryOne(String subject, Receiver receiver) {
        retrying.lock();
        try {
            for (Long next = first(subject); next != null && !stopped; next = first(subject))
                if (!handled(next, receiver) || !released(subject, next)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            retrying.unlock();
        }
    }

    private @Nullable Long first(String subject) {
        lock.lock();
        try {
            TreeSet<Long> positions = parked.get(subject);
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

    /** The row goes after the change was handled: a crash in between repeats the change, and loses none. */
    private boolean released(String subject, long position) {
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
            TreeSet<Long> positions = parked.get(subject);
            if (positions != null && positions.remove(position) && positions.isEmpty()) parked.remove(subject);
        } finally {
            lock.unlock();
        }
        return true;
    }
}
