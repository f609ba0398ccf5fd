package io.eventful.channel;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer whose channel has moved to another broker: it is first given what the former one keeps for it, then, when
 * nothing is left there, what the new one has gathered meanwhile. So no event is left behind, and none overtakes an
 * older one of its key.
 */
final class Succession implements Broker.Subscription {

    private static final Logger log = LoggerFactory.getLogger(Succession.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Broker former;
    private final Broker next;
    private final String destination;
    private final String consumer;
    private final Dispatcher dispatcher;
    private final ScheduledExecutorService timer;
    private final Executor workers;
    private Broker.@Nullable Subscription running;
    private boolean closed;

    Succession(
            Broker former,
            Broker next,
            String destination,
            String consumer,
            Dispatcher dispatcher,
            ScheduledExecutorService timer,
            Executor workers) {
        this.former = former;
        this.next = next;
        this.destination = destination;
        this.consumer = consumer;
        this.dispatcher = dispatcher;
        this.timer = timer;
        this.workers = workers;
    }

    /** Begins with what is left at the former broker. The new one keeps, from now on, what comes. */
    Succession start() {
        log.info(
                "channel.moving destination={} consumer={} left={} reason=\"the former broker may keep events\"",
                destination,
                consumer,
                left());
        var declared = next.declare(destination, consumer);
        synchronized (this) {
            running = former.subscribe(destination, consumer, dispatcher);
        }
        declared.whenComplete((ok, failure) -> look(LOOK));
        return this;
    }

    private String left() {
        OptionalLong left = former.kept(destination, consumer);
        return left.isPresent() ? String.valueOf(left.getAsLong()) : "unknown";
    }

    private void look(Duration delay) {
        try {
            // Not on the timer itself: ending a subscription may take its time, and every retry waits for the timer.
            timer.schedule(() -> workers.execute(this::succeed), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("channel.look-refused destination={} consumer={}", destination, consumer);
        }
    }

    private synchronized void succeed() {
        if (closed) return;
        try {
            if (former.kept(destination, consumer).equals(OptionalLong.of(0))) move();
            else look(LOOK);
        } catch (RuntimeException e) {
            log.warn(
                    "channel.not-moved destination={} consumer={} retryInMs={}",
                    destination,
                    consumer,
                    AGAIN.toMillis(),
                    e);
            look(AGAIN);
        }
    }

    private void move() {
        Broker.Subscription empty = running;
        running = null;
        if (empty != null) empty.close();
        running = next.subscribe(destination, consumer, dispatcher);
        log.info("channel.moved destination={} consumer={}", destination, consumer);
    }

    @Override
    public void close() {
        Broker.Subscription open;
        synchronized (this) {
            closed = true;
            open = running;
            running = null;
        }
        if (open != null) open.close();
    }
}
