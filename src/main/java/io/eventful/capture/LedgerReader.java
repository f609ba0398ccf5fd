package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.ledger.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the ledger's changes in order, page by page, from where a route has come to: when it is told that there are
 * more, and as long as what the route has begun leaves room for more.
 */
final class LedgerReader {

    private static final Logger log = LoggerFactory.getLogger(LedgerReader.class);
    private static final Duration FAULT_PAUSE = Duration.ofSeconds(1);

    private final String route;
    private final Ledger ledger;
    private final Progress progress;
    private final Pauses pauses;
    private final Precedence precedence;
    private final CaptureSettings.Relaying limits;
    private final Consumer<Change> consumer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Announced announced = new Announced();
    private volatile boolean woken = true;
    private boolean stopping;
    private boolean reading;

    /** @param consumer takes each change; called by one thread */
    LedgerReader(
            String route,
            Ledger ledger,
            Progress progress,
            Pauses pauses,
            Precedence precedence,
            CaptureSettings.Relaying limits,
            Consumer<Change> consumer) {
        this.route = route;
        this.ledger = ledger;
        this.progress = progress;
        this.pauses = pauses;
        this.precedence = precedence;
        this.limits = limits;
        this.consumer = consumer;
    }

    /** Begins to read, on a thread that it holds until it is stopped. */
    void start(Executor threads) {
        locked(() -> reading = true);
        threads.execute(this::read);
    }

    /** There is more to read, up to a position that is durable. The ledger's writer must not wait for who knows that. */
    void wake(long position) {
        announced.add(position);
        if (!woken) locked(() -> woken = true);
    }

    /** Something that was begun is done: there may be room again. */
    void roomMade() {
        locked(() -> {});
    }

    /** Reads no further page. */
    void stop() {
        locked(() -> stopping = true);
    }

    /**
     * Waits until it reads no more.
     *
     * @param deadline {@link System#nanoTime()} of when to give up waiting
     * @return false when it reads still
     */
    boolean awaitStopped(long deadline) throws InterruptedException {
        lock.lock();
        try {
            while (reading) {
                long left = deadline - System.nanoTime();
                if (left <= 0) return false;
                long unused = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** How many changes up to the last that was announced are not known to be done. */
    long left() {
        return progress.left(announced.head());
    }

    private void read() {
        try {
            while (true) {
                int room = awaitRoom();
                if (room == 0) return;
                List<Change> page = page(precedence.share(Math.min(room, limits.page()), lag()));
                hand(page);
                if (!page.isEmpty()) precedence.giveWay(lag());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            locked(() -> reading = false);
        }
    }

    /** A fault of ours must not end the route for good: what was not taken is read again. */
    private void hand(List<Change> page) throws InterruptedException {
        try {
            for (Change change : page) consumer.accept(change);
        } catch (RuntimeException | Error e) {
            log.error("capture.change-not-taken route={} position={}", route, progress.read() + 1, e);
            pauses.pause(FAULT_PAUSE);
            wake(0);
        }
    }

    /** How many changes are known to be durable and not read yet. */
    private long lag() {
        return announced.head() - progress.read();
    }

    /** How many changes may be read now; 0 when it is to stop. */
    private int awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (!stopping && (!woken || progress.room(limits) <= 0)) changed.await();
            return stopping ? 0 : progress.room(limits);
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
            log.warn("capture.ledger-not-read route={} reason=\"{}\"", route, e.toString());
            pauses.pause(FAULT_PAUSE);
            wake(0);
            return List.of();
        }
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
