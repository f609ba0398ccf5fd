package io.eventful.capture;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Waits on an injected scheduler, so that tests may own the time. */
final class Pauses {

    private final ScheduledExecutorService scheduler;
    private final Runnable begins;
    private final Runnable ends;

    Pauses(ScheduledExecutorService scheduler) {
        this(scheduler, () -> {}, () -> {});
    }

    private Pauses(ScheduledExecutorService scheduler, Runnable begins, Runnable ends) {
        this.scheduler = scheduler;
        this.begins = begins;
        this.ends = ends;
    }

    /** The same for work that others want to know of: the one is run before each of its idle times, the other after it. */
    Pauses telling(Runnable begins, Runnable ends) {
        return new Pauses(scheduler, begins, ends);
    }

    /** What an idle time ends with. Its own pauses belong to that time, and are not told of again. */
    @FunctionalInterface
    interface Wait<T> {
        T end(Pauses own) throws InterruptedException;
    }

    /** Waits for more than time to pass. */
    <T> T idle(Wait<T> wait) throws InterruptedException {
        begins.run();
        try {
            return wait.end(new Pauses(scheduler));
        } finally {
            ends.run();
        }
    }

    /** Runs a short action later, on the scheduler's thread. */
    void after(Duration delay, Runnable action) {
        scheduler.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits, on a virtual thread. */
    void pause(Duration delay) throws InterruptedException {
        CompletableFuture<Void> over = new CompletableFuture<>();
        after(delay, () -> over.complete(null));
        begins.run();
        try {
            over.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a pause cannot fail", e);
        } finally {
            ends.run();
        }
    }
}
