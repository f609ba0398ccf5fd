package io.eventful.channel;

import java.time.Duration;
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

    private final Broker former;
    private final Broker next;
    private final String destination;
    private final String consumer;
    private final Dispatcher dispatcher;
    private final ScheduledExecutorService timer;
    private Broker.@Nullable Subscription running;
    private boolean closed;

    Succession(
            Broker former,
            Broker next,
            String destination,
            String consumer,
            Dispatcher dispatcher,
            ScheduledExecutorService timer) {
        this.former = former;
        this.next = next;
        this.destination = destination;
        this.consumer = consumer;
        this.dispatcher = dispatcher;
        this.timer = timer;
    }

    /** Begins with what is left at the former broker. The new one keeps, from now on, what comes. */
    Succession start() {
        log.info(
                "channel.moving destination={} consumer={} left={} reason=\"the former broker keeps events\"",
                destination,
                consumer,
                former.kept(destination, consumer));
        var declared = next.declare(destination, consumer);
        synchronized (this) {
            running = former.subscribe(destination, consumer, dispatcher);
        }
        declared.whenComplete((ok, failure) -> look());
        return this;
    }

    private void look() {
        try {
            timer.schedule(this::succeed, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("channel.look-refused destination={} consumer={}", destination, consumer);
        }
    }

    private synchronized void succeed() {
        if (closed) return;
        if (former.kept(destination, consumer) > 0) {
            look();
            return;
        }
        Broker.Subscription empty = running;
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
