package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.event.Item;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a route has begun, by item: many items at once, one change at a time for each item and in order. A change that
 * fails is tried again with back-off and then parked, and the later changes of its item park behind it.
 */
final class ItemQueues {

    private final Receiver receiver;
    private final Progress progress;
    private final Parking parking;
    private final Outage outage;
    private final Pauses pauses;
    private final Executor threads;
    private final CaptureSettings.Retry retry;
    private final Runnable ended;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Map<Item, Deque<Change>> queues = new HashMap<>();
    private int running;
    /** Changes at the head of their item's queue that wait for the next attempt. */
    private int resting;

    private boolean stopping;

    /** @param ended run each time when a change is done or parked */
    ItemQueues(
            Receiver receiver,
            Progress progress,
            Parking parking,
            Outage outage,
            Pauses pauses,
            Executor threads,
            CaptureSettings.Retry retry,
            Runnable ended) {
        this.receiver = receiver;
        this.progress = progress;
        this.parking = parking;
        this.outage = outage;
        this.pauses = pauses;
        this.threads = threads;
        this.retry = retry;
        this.ended = ended;
    }

    /** Takes a change that has begun: its turn comes when the earlier ones of its item are done or parked. */
    void add(Change change) {
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

    /** Begins no further attempt. */
    void stop() {
        lock.lock();
        try {
            stopping = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until no attempt is under way.
     *
     * @param deadline {@link System#nanoTime()} of when to give up waiting
     * @return how many attempts are under way still
     */
    int awaitIdle(long deadline) throws InterruptedException {
        lock.lock();
        try {
            while (running > 0) {
                long left = deadline - System.nanoTime();
                if (left <= 0) break;
                long unused = idle.awaitNanos(left);
            }
            return running;
        } finally {
            lock.unlock();
        }
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
            if (running == 0) idle.signalAll();
            if (error == null) {
                outage.over();
                next(attempt.change());
                return;
            }
        } finally {
            lock.unlock();
        }
        Attempt failed = attempt.failed(error);
        if (failed.isSpent(retry)) {
            parking.park(attempt.change(), Reasons.of(error), failed.failures(), () -> next(attempt.change()));
            return;
        }
        Duration delay = failed.delay(retry);
        outage.met(failed, delay, error);
        rest(1);
        pauses.after(delay, () -> {
            rest(-1);
            attempt(failed);
        });
    }

    private void rest(int more) {
        lock.lock();
        try {
            resting += more;
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
        ended.run();
    }
}
