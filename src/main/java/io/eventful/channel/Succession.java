package io.eventful.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer whose channel has moved, to another broker or another destination: it is first given what each former place
 * keeps for it, the oldest first, then, when nothing is left there, what the new one has gathered meanwhile. So no event
 * is left behind, and none overtakes an older one of its key.
 */
final class Succession implements Broker.Subscription {

    private static final Logger log = LoggerFactory.getLogger(Succession.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** Where the channel was, in this order, and at the end where it is. */
    private final List<Target> places;

    private final String consumer;
    private final Dispatcher dispatcher;
    private final ScheduledExecutorService timer;
    private final Executor workers;
    /** Index of the one that is consumed. */
    private int at;

    private Broker.@Nullable Subscription running;
    private boolean closed;

    /** @param former at least one */
    Succession(
            List<Target> former,
            Target next,
            String consumer,
            Dispatcher dispatcher,
            ScheduledExecutorService timer,
            Executor workers) {
        this.places = new ArrayList<>(former);
        this.places.add(next);
        this.consumer = consumer;
        this.dispatcher = dispatcher;
        this.timer = timer;
        this.workers = workers;
    }

    /** Begins with what is left at the former place. The new one keeps, from now on, what comes. */
    Succession start() {
        for (Target former : places.subList(0, places.size() - 1))
            log.info(
                    "channel.moving from={} to={} consumer={} left={} reason=\"the former place may keep events\"",
                    former.destination(),
                    next().destination(),
                    consumer,
                    left(former));
        var declared = next().declare(consumer);
        synchronized (this) {
            running = places.getFirst().subscribe(consumer, dispatcher);
        }
        declared.whenComplete((ok, failure) -> look(LOOK));
        return this;
    }

    private Target next() {
        return places.getLast();
    }

    private String left(Target former) {
        OptionalLong left = former.kept(consumer);
        return left.isPresent() ? String.valueOf(left.getAsLong()) : "unknown";
    }

    private void look(Duration delay) {
        try {
            // Not on the timer itself: ending a subscription may take its time, and every retry waits for the timer.
            timer.schedule(() -> workers.execute(this::succeed), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("channel.look-refused destination={} consumer={}", next().destination(), consumer);
        }
    }

    private synchronized void succeed() {
        if (closed) return;
        try {
            if (places.get(at).isEmpty(consumer)) move();
            if (at < places.size() - 1) look(LOOK);
        } catch (RuntimeException e) {
            log.warn(
                    "channel.not-moved destination={} consumer={} retryInMs={}",
                    next().destination(),
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
        running = places.get(at + 1).subscribe(consumer, dispatcher);
        at++;
        log.info(
                "channel.moved from={} to={} consumer={}",
                places.get(at - 1).destination(),
                places.get(at).destination(),
                consumer);
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
