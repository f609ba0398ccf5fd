package io.eventful.capture;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Waits on an injected scheduler, so that tests may own the time. */
final class Pauses {

    private final ScheduledExecutorService scheduler;

    Pauses(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /** Runs a short action later, on the scheduler's thread. */
    void after(Duration delay, Runnable action) {
        scheduler.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits, on a virtual thread. */
    void pause(Duration delay) throws InterruptedException {
        CompletableFuture<Void> over = new CompletableFuture<>();
        after(delay, () -> over.complete(null));
        try {
            over.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a pause cannot fail", e);
        }
    }
}
