package io.eventful.capture;

import io.eventful.event.Timers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The threads of capturing.
 *
 * @param calls one virtual thread for each captured call; a shutdown lets them end
 * @param background virtual threads of relays and of settling; a shutdown interrupts them, and the next start takes up
 *     their work
 * @param timer one thread for what is to be done later; its tasks are short
 */
record Threads(ExecutorService calls, ExecutorService background, ScheduledExecutorService timer)
        implements AutoCloseable {

    private static final Duration DRAIN = Duration.ofSeconds(20);

    static Threads start(Timers timers) {
        return new Threads(virtual("capture-"), virtual("capture-background-"), timers.timer("capture-timer"));
    }

    private static ExecutorService virtual(String name) {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name, 0).factory());
    }

    @Override
    public void close() {
        calls.shutdown();
        try {
            boolean ended = calls.awaitTermination(DRAIN.toNanos(), TimeUnit.NANOSECONDS);
            if (!ended) calls.shutdownNow();
        } catch (InterruptedException e) {
            calls.shutdownNow();
            Thread.currentThread().interrupt();
        }
        background.shutdownNow();
        timer.shutdownNow();
    }
}
