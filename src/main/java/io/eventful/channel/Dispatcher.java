package io.eventful.channel;

import io.eventful.channel.BrokerSettings.Consume;
import io.eventful.channel.Channels.Receiver;
import io.eventful.event.Causes;
import io.eventful.event.Event;
import io.eventful.event.UnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each message of one consumer to its receiver: one at a time per key, in order; keys side by side.
 *
 * <p>A failed message is tried again in its place with doubling waits, and what follows in its key waits behind it;
 * after the last attempt it is copied to the dead-letter destination. What is away (a broker, the gateway's own store) is
 * not the message's fault and never counts.
 */
final class Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private final String channel;
    private final String consumer;
    private final Receiver receiver;
    private final Consume limits;
    private final Executor workers;
    private final ScheduledExecutorService timer;
    private final Window window;
    private final Burial burial;
    /** Waiting messages of every key that has one under way. Guarded by this. */
    private final Map<String, Deque<DispatchTask>> lanes = new HashMap<>();
    /** Attempts under way. Guarded by this. */
    private int running;

    /** Tasks at the head of their key that wait for the timer. Guarded by this. */
    private int resting;

    private boolean closed;
    private volatile Runnable room = () -> {};

    Dispatcher(
            String channel,
            String consumer,
            Receiver receiver,
            Consume limits,
            Executor workers,
            ScheduledExecutorService timer,
            DeadLetters dead) {
        this.channel = channel;
        this.consumer = consumer;
        this.receiver = receiver;
        this.limits = limits;
        this.workers = workers;
        this.timer = timer;
        this.window = new Window(limits.window(), limits.windowSize().toBytes(), System::nanoTime);
        this.burial = new Burial(channel, consumer, limits.retryDelayMax(), this::later, dead);
    }

    /** Takes a message, waiting for room; false when closed: the message stays unacknowledged. */
    boolean accept(Inbound message) {
        return window.enter(message.size()) && admit(message);
    }

    /** The same, waiting for so many nanoseconds at most; false also while there is no room. */
    boolean accept(Inbound message, long nanos) {
        return window.enter(message.size(), nanos) && admit(message);
    }

    /** Tells each time when there may be room again, on any thread. */
    void whenRoom(Runnable listener) {
        room = listener;
    }

    private boolean admit(Inbound message) {
        switch (message.content()) {
            case Inbound.Unreadable(String reason) ->
                burial.bury(message, reason, 0, () -> {
                    message.done();
                    window.leave(message.size());
                    room.run();
                });
            case Inbound.Readable(Event event) -> enqueue(new DispatchTask(message, event));
        }
        return true;
    }

    private void enqueue(DispatchTask task) {
        synchronized (this) {
            Deque<DispatchTask> lane = lanes.get(task.event.key());
            if (lane != null) {
                lane.addLast(task);
                window.setAside();
                return;
            }
            lanes.put(task.event.key(), new ArrayDeque<>(2));
        }
        start(task);
    }

    private void start(DispatchTask task) {
        try {
            workers.execute(() -> attempt(task));
        } catch (RejectedExecutionException e) {
            // The process ends: the message stays unacknowledged and comes again.
            log.debug("channel.dispatch-refused channel={} consumer={} event={}", channel, consumer, task.event.id());
        }
    }

    private void attempt(DispatchTask task) {
        synchronized (this) {
            if (closed) return;
            running++;
        }
        if (!task.message.alive()) {
            ended();
            next(task);
            return;
        }
        task.attempts++;
        CompletionStage<Void> stage;
        try {
            stage = receiver.receive(task.event);
        } catch (RuntimeException e) {
            stage = CompletableFuture.failedStage(e);
        }
        stage.whenComplete((ok, failure) -> {
            if (failure == null) task.message.done();
            ended();
            if (failure == null) next(task);
            else failed(task, Causes.of(failure));
        });
    }

    private void failed(DispatchTask task, Throwable failure) {
        if (!UnavailableException.isCauseOf(failure)) task.failures++;
        String reason = Failures.reason(failure);
        if (task.failures >= limits.attempts()) {
            burial.bury(task.message, reason, task.attempts, () -> {
                task.message.done();
                next(task);
            });
            return;
        }
        Duration wait = limits.retryWait(task.attempts);
        log.warn(
                "channel.event-failed channel={} consumer={} event={} type={} attempt={} retryInMs={} reason=\"{}\"",
                channel,
                consumer,
                task.event.id(),
                task.event.type(),
                task.attempts,
                wait.toMillis(),
                reason);
        rest();
        room.run();
        later(wait, () -> {
            rested();
            start(task);
        });
    }

    private synchronized void rest() {
        resting++;
        window.setAside();
    }

    private synchronized void rested() {
        resting--;
        window.takeUp();
    }

    /** Whether a message is being tried; false while all that are left wait for the timer. */
    synchronized boolean busy() {
        return lanes.size() > resting;
    }

    private void next(DispatchTask task) {
        window.leave(task.message.size());
        DispatchTask next;
        synchronized (this) {
            Deque<DispatchTask> lane = lanes.get(task.event.key());
            next = lane == null ? null : lane.pollFirst();
            if (next == null) lanes.remove(task.event.key());
            else window.takeUp();
        }
        room.run();
        if (next != null) start(next);
    }

    private synchronized void ended() {
        running--;
        if (running == 0) notifyAll();
    }

    private void later(Duration wait, Runnable work) {
        synchronized (this) {
            if (closed) return;
        }
        try {
            timer.schedule(work, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("channel.retry-refused channel={} consumer={}", channel, consumer);
        }
    }

    /** Starts nothing more and waits, at most the drain time-out, for the attempts under way. */
    void drain() {
        window.close();
        long end = System.nanoTime() + limits.drainTimeout().toNanos();
        synchronized (this) {
            closed = true;
            try {
                while (running > 0) {
                    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                    if (left <= 0) break;
                    wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (running > 0)
                log.warn("channel.drain-timed-out channel={} consumer={} underWay={}", channel, consumer, running);
        }
    }
}
