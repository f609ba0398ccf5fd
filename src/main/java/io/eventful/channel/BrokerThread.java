package io.eventful.channel;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that talks to a broker. What is asked for after its end is not done. */
final class BrokerThread {

    private static final Logger log = LoggerFactory.getLogger(BrokerThread.class);
    private static final Duration CLOSE = Duration.ofSeconds(15);

    private final String name;
    private final ScheduledThreadPoolExecutor executor;

    BrokerThread(String name) {
        this.name = name;
        this.executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(name).factory());
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void execute(Runnable work) {
        try {
            executor.execute(guarded(work));
        } catch (RejectedExecutionException e) {
            log.debug("broker.work-refused thread={}", name);
        }
    }

    void after(Duration delay, Runnable work) {
        try {
            executor.schedule(guarded(work), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("broker.work-refused thread={}", name);
        }
    }

    void every(Duration period, Runnable work) {
        executor.scheduleWithFixedDelay(guarded(work), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Nobody asks for the outcome, and work that is repeated must go on. */
    private Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                log.error("broker.work-failed thread={}", name, e);
            }
        };
    }

    /** Runs work and waits for it, at most 15 s. */
    void await(Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                try {
                    work.run();
                } finally {
                    done.complete(null);
                }
            });
            done.get(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("broker.work-refused thread={}", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("broker.close-timed-out thread={}", name);
        }
    }

    /** Runs the last work, waits for it, and ends. */
    void end(Runnable last) {
        await(() -> {
            executor.shutdown();
            last.run();
        });
        executor.shutdownNow();
    }

    boolean ended() {
        return executor.isShutdown();
    }
}
