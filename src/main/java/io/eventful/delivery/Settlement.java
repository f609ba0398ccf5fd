package io.eventful.delivery;

import io.eventful.event.Causes;
import io.eventful.store.Database;
import io.eventful.subscription.Status;
import io.eventful.subscription.Subscription;
import io.eventful.subscription.Subscriptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the outcome of an attempt durable, and does what follows from it for the line and the subscription. */
final class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    private final Database database;
    private final Subscriptions subscriptions;
    private final RetryDelay delays;
    private final Recent recent;
    private final Clock clock;
    private final Executor blocking;
    private final ScheduledExecutorService scheduler;
    private final Notices notices;
    private final DeliveryMetrics metrics;

    Settlement(
            Database database,
            Subscriptions subscriptions,
            RetryDelay delays,
            Recent recent,
            Clock clock,
            Executor blocking,
            ScheduledExecutorService scheduler,
            Notices notices,
            DeliveryMetrics metrics) {
        this.database = database;
        this.subscriptions = subscriptions;
        this.delays = delays;
        this.recent = recent;
        this.clock = clock;
        this.blocking = blocking;
        this.scheduler = scheduler;
        this.notices = notices;
        this.metrics = metrics;
    }

    /** Whether the delivery has a row already. */
    enum Row {
        MISSING,
        PRESENT
    }

    /** Where a delivery stands after an attempt. */
    Standing standing(Standing before, Attempted attempted) {
        return before.after(attempted.verdict(), delays, attempted.ended());
    }

    /** Writes the standing and the attempt; completes when they are durable. */
    CompletableFuture<Void> write(Lane lane, Delivery delivery, Row row, Standing standing, Attempted attempted) {
        CompletableFuture<Integer> written = database.write(connection -> {
            Instant now = clock.instant();
            if (row == Row.MISSING) Rows.insert(connection, delivery, standing.unlessDeleted(lane, now), now);
            else Rows.update(connection, delivery.id(), standing, now);
            Attempts.insertAll(connection, List.of(new Attempts.Entry(delivery.id(), attempted.log())));
            if (attempted.verdict() instanceof Verdict.Pause pause)
                Endpoints.pause(connection, delivery.subscription(), pause.until());
            if (standing.done()) Rows.release(connection, delivery.subscription(), delivery.line(), now);
            return 0;
        });
        return written.thenAccept(done -> {});
    }

    /** What an attempt means for its whole subscription; at once, before anything is written. */
    void effects(Lane lane, Delivery delivery, Attempted attempted) {
        Verdict verdict = attempted.verdict();
        metrics.attempted(delivery, attempted);
        switch (lane.outcome(verdict, attempted.ended())) {
            case NONE -> {}
            case OPENED -> notices.failing(lane, attempted.log().reason());
            case CLOSED -> notices.recovered(lane);
            case GIVEN_UP -> disable(lane, "failing");
        }
        if (verdict instanceof Verdict.Disable disable) disable(lane, disable.reason());
        else if (verdict instanceof Verdict.DeliveredLast last) disable(lane, last.reason());
    }

    private void disable(Lane lane, String reason) {
        Subscription now = lane.subscription();
        String id = now.id();
        Status disabled = new Status(Status.State.DISABLED, reason);
        // Nothing more starts, before the registry has said so to everybody.
        lane.update(now.with(disabled));
        tell(lane, id, disabled);
    }

    /** Again and again while the store refuses: the registry would call it active, and nobody could resume it. */
    private void tell(Lane lane, String id, Status disabled) {
        blocking.execute(() -> {
            if (!lane.subscription().status().equals(disabled)) return; // its owner has changed it meanwhile
            try {
                subscriptions.status(id, disabled);
            } catch (RuntimeException refused) {
                LOG.error("subscription.not-disabled subscription={} reason={}", id, disabled.reason(), refused);
                later(() -> tell(lane, id, disabled));
            }
        });
    }

    private void later(Runnable work) {
        try {
            scheduler.schedule(work, STORE_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("delivery.closed");
        }
    }

    /** The delivery has ended, durably or logged behind. Returns whether others of its line wait. */
    boolean ended(Lane lane, Delivery delivery) {
        recent.add(delivery.id());
        return lane.ended(delivery);
    }

    /**
     * Makes the next delivery of the line due, after one that ended without a row of its own. Nothing else would do it
     * before the next start, so it is tried until the store takes it.
     *
     * @param released told when it is durable
     */
    void release(Delivery delivery, Runnable released) {
        database.write(connection -> {
                    Rows.release(connection, delivery.subscription(), delivery.line(), clock.instant());
                    return 0;
                })
                .whenComplete((ignored, refused) -> {
                    if (refused == null) released.run();
                    else {
                        LOG.warn(
                                "delivery.not-released subscription={} delivery={} reason={}",
                                delivery.subscription(),
                                delivery.id(),
                                Causes.of(refused).getClass().getSimpleName());
                        later(() -> release(delivery, released));
                    }
                });
    }
}
