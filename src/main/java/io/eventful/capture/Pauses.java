package io.eventful.capture;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Waits on an injected scheduler, so that tests may own the time. */
final class Pauses {

    private final ScheduledExecutorService scheduler;
    private final Undertakings work;
    private final Runnable begins;
    private final Runnable ends;

    Pauses(ScheduledExecutorService scheduler) {
        this(scheduler, new Undertakings(), () -> {}, () -> {});
    }

    private Pauses(ScheduledExecutorService scheduler, Undertakings work, Runnable begins, Runnable ends) {
        this.scheduler = scheduler;
        this.work = work;
        this.begins = begins;
        this.ends = ends;
    }

    /** The same pauses, of work that is counted there. */
    Pauses of(Undertakings counted) {
        return new Pauses(scheduler, counted, begins, ends);
    }

    /** The same pauses, with an action that is run before each idle time and one that is run after it. */
    Pauses telling(Runnable begins, Runnable ends) {
        return new Pauses(scheduler, work, begins, ends);
    }

    /** Ends an idle time. The pauses that it is given are part of that time: they run no actions of their own. */
    @FunctionalInterface
    interface Wait<T> {
        T end(Pauses own) throws InterruptedException;
    }

    /** Runs a wait for something other than time, which may never come, as one idle time. */
    <T> T idle(Wait<T> wait) throws InterruptedException {
        begins.run();
        try (Undertakings.Aside unused = work.aside()) {
            return wait.end(new Pauses(scheduler, work, () -> {}, () -> {}));
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
        Undertakings.Rest rest = work.rest();
        after(delay, () -> {
            // Not by the thread that is woken: until it runs, nothing would seem to be at work.
            rest.end();
            over.complete(null);
        });
        rest.begin();
        begins.run();
        try {
            over.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a pause cannot fail", e);
        } finally {
            rest.end();
            ends.run();
        }
    }
}
