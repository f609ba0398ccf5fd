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

    /** The same pauses, with an action that is run before each idle time and one that is run after it. */
    Pauses telling(Runnable begins, Runnable ends) {
        return new Pauses(scheduler, begins, ends);
    }

    /** Ends an idle time. The pauses that it is given are part of that time: they run no actions of their own. */
    @FunctionalInterface
    interface Wait<T> {
        T end(Pauses own) throws InterruptedException;
    }

    /** Runs a wait for something other than time as one idle time. */
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
