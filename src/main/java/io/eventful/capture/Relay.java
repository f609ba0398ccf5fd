package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.event.Item;
import io.eventful.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the changes of the ledger to one route: many items at once, one change at a time for each item and in order. A
 * change that fails is tried again with back-off and then parked, and the later changes of its item park behind it;
 * while what the route needs is away (a broker, a store), its changes wait and none is parked. The route's position moves when all changes up to it are done or parked, so a crash repeats changes and loses none.
 */
final class Relay {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    private final String route;
    private final Predicate<Change> mine;
    private final Receiver receiver;
    private final Ledger ledger;
    private final Parking parking;
    private final Pauses pauses;
    private final Precedence precedence;
    private final Executor threads;
    private final CaptureSettings settings;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Item, Deque<Change>> queues = new HashMap<>();
    private final Progress progress;
    private final Outage outage;
    private int running;
    /** Changes at the head of their item's queue that wait for the next attempt. */
    private int resting;

    private volatile boolean woken = true;
    private final Announced announced = new Announced();
    private boolean stopping;
    private boolean reading;

    Relay(
            String route,
            Predicate<Change> mine,
            Receiver receiver,
            Ledger ledger,
            Pauses pauses,
            Precedence precedence,
            Executor threads,
            Clock clock,
            CaptureSettings settings) {
        this.route = route;
        this.mine = mine;
        this.receiver = receiver;
        this.ledger = ledger;
        this.pauses = pauses;
        this.precedence = precedence;
        this.threads = threads;
        this.settings = settings;
        this.parking = new Parking(route, ledger, pauses, clock, settings.retry());
        this.progress = new Progress(route, ledger, pauses, settings.relay().advance());
        this.outage = new Outage(route, clock, () -> progress.left(announced.head()));
    }

    /** Completes when it is durable where the route begins. */
    CompletableFuture<Void> positioned() {
        return progress.begun();
    }

    /** Begins to read. */
    void start() {
        parking.load();
        locked(() -> reading = true);
        threads.execute(this::read);
        // The route may have been mended since: what it could not handle before, it may handle now.
        retryParked(null);
    }

    /** There is more to read, up to a position that is durable. The ledger's writer must not wait for who knows that. */
    void wake(long position) {
        announced.add(position);
        if (!woken) locked(() -> woken = true);
    }

    /** Begins nothing new, waits for what is in flight (bounded), and keeps the position. */
    void stop() {
        long deadline = System.nanoTime() + settings.relay().drain().toNanos();
        lock.lock();
        try {
            stopping = true;
            parking.stop();
            changed.signalAll();
            while (running > 0 || reading) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    log.warn("route stopped before its changes were done: route={} inFlight={}", route, running);
                    break;
                }
                long unused = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        progress.advance();
    }

    /** Tries the parked changes of a subject (null: of all) anew, in order, until one fails. */
    void retryParked(@Nullable String subject) {
        threads.execute(() -> parking.retry(subject, receiver));
    }

    private void read() {
        try {
            while (true) {
                int room = awaitRoom();
                if (room == 0) return;
                List<Change> page =
                        page(precedence.share(Math.min(room, settings.relay().page()), lag()));
                for (Change change : page) admit(change);
                if (!page.isEmpty()) precedence.giveWay(lag());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            locked(() -> reading = false);
        }
    }

    /** How many changes are known to be durable and not read yet. */
    private long lag() {
        return announced.head() - progress.read();
    }

    /** How many changes may be read now; 0 when the relay stops. */
    private int awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (!stopping && (!woken || progress.room(settings.relay()) <= 0)) changed.await();
            return stopping ? 0 : progress.room(settings.relay());
        } finally {
            lock.unlock();
        }
    }

    private List<Change> page(int limit) throws InterruptedException {
        locked(() -> woken = false);
        try {
            List<Change> page = ledger.after(progress.read(), limit);
            if (announced.isBeyond(page)) wake(0);
            return page;
        } catch (RuntimeException e) {
            log.warn("ledger could not be read: route={} error={}", route, e.toString());
            pauses.pause(STORE_PAUSE);
            wake(0);
            return List.of();
        }
    }

    private void admit(Change change) {
        if (!mine.test(change)) {
            progress.skip(change.position());
            return;
        }
        progress.begin(change);
        lock.lock();
        try {
            if (parking.parkBehind(change, () -> end(change))) return;
            Deque<Change> queue = queues.computeIfAbsent(change.item(), item -> new ArrayDeque<>(2));
            queue.addLast(change);
            if (queue.size() == 1) attempt(Attempt.first(change));
        } finally {
            lock.unlock();
        }
    }

    private void attempt(Attempt attempt) {
        lock.lock();
        try {
            if (stopping) return;
            running++;
        } finally {
            lock.unlock();
        }
        threads.execute(() -> attempt.begin(receiver, error -> attempted(attempt, error)));
    }

    private void attempted(Attempt attempt, @Nullable Throwable error) {
        lock.lock();
        try {
            running--;
            changed.signalAll();
            if (error == null) {
                outage.over();
                next(attempt.change());
                return;
            }
        } finally {
            lock.unlock();
        }
        Attempt failed = attempt.failed(error);
        if (failed.isSpent(settings.retry())) {
            parking.park(attempt.change(), Reasons.of(error), failed.failures(), () -> next(attempt.change()));
            return;
        }
        Duration delay = failed.delay(settings.retry());
        outage.met(failed, delay, error);
        locked(() -> resting++);
        pauses.after(delay, () -> {
            locked(() -> resting--);
            attempt(failed);
        });
    }

    /** How many changes of the ledger the route has not done; a store that does not answer makes it unknown. */
    double waiting() {
        try {
            return progress.left(ledger.head());
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }

    /** How many changes the route has begun and not done. */
    int open() {
        return progress.open();
    }

    /** Whether the route does something; false while it has read all up to the head and waits for next attempts. */
    boolean busy(long head) {
        lock.lock();
        try {
            if (stopping) return false;
            int queued = queues.values().stream().mapToInt(Deque::size).sum();
            return progress.isBehind(head) || queues.size() > resting || progress.open() > queued;
        } finally {
            lock.unlock();
        }
    }

    /** A change is done or parked: on to the next one of its item. */
    private void next(Change change) {
        lock.lock();
        try {
            end(change);
            Deque<Change> queue = queues.get(change.item());
            if (queue == null) return;
            queue.pollFirst();
            Change next = queue.peekFirst();
            if (next == null) queues.remove(change.item());
            else if (!parking.parkBehind(next, () -> next(next))) attempt(Attempt.first(next));
        } finally {
            lock.unlock();
        }
    }

    private void end(Change change) {
        progress.end(change.position());
        locked(() -> {});
    }

    /** Changes the state and tells those who wait for it. */
    private void locked(Runnable step) {
        lock.lock();
        try {
            step.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
