package io.eventful.delivery;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of delivery: no attempt begins any more, and those under way have a limited time to end and to be recorded. What
 * waits in memory goes to the store. An attempt that takes longer is cut off, which counts for nothing.
 */
final class Drain {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** A store that does not answer must not keep the process from ending. */
    private static final long LAST_WRITE_SECONDS = 10;

    private final Core core;
    private final Landing landing;
    private final long deadline;

    /** Its time begins now. */
    Drain(Core core, Landing landing) {
        this.core = core;
        this.landing = landing;
        this.deadline = System.nanoTime() + core.settings().drain().toNanos();
    }

    /** Waits until no attempt is under way, nor any event that its channel waits for. */
    void awaitAttempts() {
        while (true) {
            // Again and again: an event that came just before the end may still make a lane or wait in one.
            for (Lane lane : core.lanes().all()) end(lane);
            int left = core.lanes().flying().size();
            if (left == 0 && core.lanes().admitting().isEmpty()) return;
            if (left() <= 0) {
                LOG.warn(
                        "delivery.drain-timed-out drain={} inFlight={}",
                        core.settings().drain(),
                        left);
                return;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void end(Lane lane) {
        lane.gate(gate -> {
            gate.end();
            return gate;
        });
        landing.launchNext(lane);
    }

    /** Waits for a last write. One that a store does not take in time is missing in the log, or is made up for at the next start. */
    void awaitWritten(CompletableFuture<?> write) {
        try {
            write.get(LAST_WRITE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn(
                    "delivery.last-write-failed reason=\"{}\"",
                    String.valueOf(e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets what outcomes have led to, such as that a subscription is disabled, be written. */
    void await(ExecutorService work) {
        work.shutdown();
        try {
            if (!work.awaitTermination(Math.max(0, left()), TimeUnit.NANOSECONDS)) LOG.debug("delivery.work-left");
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private long left() {
        return deadline - System.nanoTime();
    }
}
