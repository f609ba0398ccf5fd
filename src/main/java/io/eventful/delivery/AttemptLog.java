package io.eventful.delivery;

import io.eventful.delivery.DeliveredRows.Delivered;
import io.eventful.event.Causes;
import io.eventful.store.Database;
import io.eventful.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of deliveries that succeeded at once, written behind in batches. It is bounded: when the store cannot follow,
 * entries are left out and counted. No delivery depends on it.
 */
final class AttemptLog {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptLog.class);
    private static final long DELAY_MILLIS = 200;
    private static final int BATCH = 1000;

    /** From so many on they share a row. */
    private static final int BLOCK = 64;

    private final Database database;
    private final ScheduledExecutorService scheduler;
    private final BlockingQueue<Delivered> queue;
    private final AtomicBoolean planned = new AtomicBoolean();
    private final AtomicBoolean full = new AtomicBoolean();
    private final LongAdder dropped = new LongAdder();
    /** The last batch was refused. */
    private volatile boolean refused;

    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);

    AttemptLog(Database database, ScheduledExecutorService scheduler, int limit) {
        this.database = database;
        this.scheduler = scheduler;
        this.queue = new ArrayBlockingQueue<>(limit);
    }

    void add(Delivery delivery, Standing standing, AttemptRecord attempt) {
        if (!queue.offer(new Delivered(delivery, standing, attempt))) dropped.increment();
        plan(planned, DELAY_MILLIS);
        // In a burst what waits is much, and the collector would copy it again and again.
        if (queue.size() >= BATCH && !refused) plan(full, 0);
    }

    private void plan(AtomicBoolean once, long delay) {
        if (!once.compareAndSet(false, true)) return;
        try {
            scheduler.schedule(
                    () -> {
                        once.set(false);
                        flush();
                    },
                    delay,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // The gateway ends, and writes once more what waits; no delivery may fail of it.
            LOG.debug("delivery.closed");
        }
    }

    /**
     * Writes what waits, a batch of it while the store refuses; completes when that, and what is being written already, is
     * durable, or could not be written. Never exceptionally.
     */
    synchronized CompletableFuture<Void> flush() {
        List<CompletableFuture<?>> written = new ArrayList<>();
        if (!writing.isDone()) written.add(writing);
        // What a refused batch puts back is not taken again in this round.
        for (int left = refused ? Math.min(BATCH, queue.size()) : queue.size(); left > 0; left -= BATCH) {
            List<Delivered> batch = new ArrayList<>();
            queue.drainTo(batch, BATCH);
            if (!batch.isEmpty()) written.add(write(batch));
        }
        writing = CompletableFuture.allOf(written.toArray(CompletableFuture[]::new));
        return writing;
    }

    private CompletableFuture<?> write(List<Delivered> batch) {
        CompletableFuture<Integer> written = batch.size() < BLOCK
                ? database.write(rows(batch)).exceptionallyCompose(failure -> rowsRefused(batch, failure))
                : database.write(block(batch));
        return written.handle((taken, failure) -> {
            if (failure == null) taken();
            else again(batch, Causes.of(failure));
            return batch.size();
        });
    }

    /** What a text of the store cannot hold, such as NUL in PostgreSQL, would be refused each time. A block holds it. */
    private CompletableFuture<Integer> rowsRefused(List<Delivered> batch, Throwable failure) {
        return failure instanceof StoreUnavailableException
                ? CompletableFuture.failedFuture(failure)
                : database.write(block(batch));
    }

    private static Database.Unit<Integer> rows(List<Delivered> batch) {
        return connection -> {
            DeliveredRows.insertAll(connection, batch);
            return batch.size();
        };
    }

    private static Database.Unit<Integer> block(List<Delivered> batch) {
        // Made here, so that the writer, which everybody waits for, only writes it.
        DeliveredBlocks.Packed block = DeliveredBlocks.Packed.of(batch);
        return connection -> {
            DeliveredBlocks.insert(connection, block);
            return batch.size();
        };
    }

    /** The store takes batches again: all that waits is written at once. */
    private void taken() {
        if (!refused) return;
        refused = false;
        plan(full, 0);
    }

    private void again(List<Delivered> batch, Throwable failure) {
        refused = true;
        long before = dropped.sum();
        for (Delivered entry : batch) if (!queue.offer(entry)) dropped.increment();
        LOG.warn(
                "delivery.log-not-written entries={} dropped={} reason={}",
                batch.size(),
                dropped.sum() - before,
                failure.getClass().getSimpleName());
        plan(planned, DELAY_MILLIS);
    }

    /** Entries left out since the start. */
    long dropped() {
        return dropped.sum();
    }

    int waiting() {
        return queue.size();
    }
}
