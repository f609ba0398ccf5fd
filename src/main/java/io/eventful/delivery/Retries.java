package io.eventful.delivery;

import io.eventful.delivery.Rows.Row;
import io.eventful.event.Causes;
import io.eventful.event.Event;
import io.eventful.event.Publication;
import io.eventful.subscription.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits in the store when it is due. A due delivery is claimed by compare-and-set for the time an attempt
 * may take, so an outcome that cannot be written makes it due again, and no two attempts of it run at once. What was
 * claimed when the gateway ended is due at the next start.
 */
final class Retries {

    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);
    private static final Duration BUSY_PAUSE = Duration.ofMillis(50);

    private final Core core;
    private final Duration claim;
    private final Consumer<Lane> freed;

    /** @param freed told when slots of a lane have become free: deliveries in memory may wait for them */
    Retries(Core core, Consumer<Lane> freed) {
        this.core = core;
        this.freed = freed;
        this.claim = core.settings().timeout().plus(Landing.SLACK);
    }

    /** Starts what is due of a subscription, soon, on a thread that may block. */
    void pump(Lane lane) {
        if (lane.gate(Gate::ended) || !lane.turns().ask()) return;
        try {
            core.blocking().execute(() -> {
                do {
                    lane.turns().begins();
                    turn(lane);
                } while (!lane.turns().over());
            });
        } catch (RejectedExecutionException closed) {
            LOG.debug("delivery.closed subscription={}", lane.subscription().id());
        }
    }

    /** Looks again at that time. */
    void wake(Lane lane, Instant at) {
        // Never early: a delay is rounded up to whole milliseconds.
        try {
            lane.turns()
                    .wake(
                            at,
                            core.clock().instant(),
                            delay -> core.scheduler()
                                    .schedule(
                                            () -> {
                                                lane.turns().woken(at);
                                                pump(lane);
                                            },
                                            delay.plusNanos(999_999).toMillis(),
                                            TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException closed) {
            LOG.debug("delivery.closed subscription={}", lane.subscription().id());
        }
    }

    private void turn(Lane lane) {
        try {
            while (claimSome(lane)) {
                // As long as claims come back full, there is more.
            }
        } catch (RuntimeException failure) {
            LOG.warn(
                    "delivery.store-refused subscription={}",
                    lane.subscription().id(),
                    failure);
            wake(lane, core.clock().instant().plus(STORE_PAUSE));
        }
    }

    private boolean claimSome(Lane lane) {
        Instant now = core.clock().instant();
        int slots = lane.reserve(now);
        if (slots == 0) {
            blocked(lane, now);
            return false;
        }
        long recordings = lane.backlog().recordings();
        Instant claimEnds = now.plus(claim);
        String id = lane.subscription().id();
        List<Row> rows;
        Optional<Instant> next;
        try {
            rows = core.database()
                    .write(connection -> Rows.claim(connection, id, now, claimEnds, slots))
                    .join();
        } catch (RuntimeException failure) {
            lane.unused(slots);
            throw failure;
        }
        if (rows.size() < slots) {
            lane.unused(slots - rows.size());
            lane.backlog().drained(recordings);
        } else lane.backlog().claimed(slots);
        freed.accept(lane);
        for (Row row : rows) send(lane, row, claimEnds);
        if (rows.size() == slots) return true;
        next = core.database().read(connection -> Rows.nextDue(connection, id));
        next.ifPresent(at -> wake(lane, at));
        return false;
    }

    /** Nothing may start now: says when to look again, unless an event (a freed slot, a new status) will. */
    private void blocked(Lane lane, Instant now) {
        lane.backlog().some();
        if (!lane.active()) return;
        Instant opens = lane.opens(now);
        if (opens.isAfter(now)) wake(lane, opens);
        else if (!lane.busy()) wake(lane, now.plus(BUSY_PAUSE));
    }

    private void send(Lane lane, Row row, Instant claimEnds) {
        Delivery delivery = row.delivery();
        if (core.lanes().flying().putIfAbsent(delivery.id(), new CompletableFuture<>()) != null) {
            lane.unused(1);
            return;
        }
        Optional<Publication> publication;
        try {
            publication = core.publications()
                    .find(delivery.channel(), delivery.position(), delivery.source(), delivery.eventId());
        } catch (RuntimeException failure) {
            lane.unused(1);
            unsettled(lane, delivery, claimEnds, failure);
            return;
        }
        if (publication.isEmpty()) {
            lane.unused(1);
            lost(lane, row);
            return;
        }
        Event event = Replayed.mark(publication.get().event(), delivery.replay());
        int number = row.standing().attempts() + 1;
        Subscription called = lane.subscription();
        // One that is cut off, because the gateway ends, is due again at the next start.
        core.attempter()
                .attempt(called, delivery.id(), new EventForm(event), number)
                .thenAccept(attempted -> ended(lane, row, attempted.heardBy(lane.subscription(), called), claimEnds));
    }

    private void ended(Lane lane, Row row, Attempted attempted, Instant claimEnds) {
        core.settlement().effects(lane, row.delivery(), attempted);
        if (core.quick(attempted)) lane.lateness().quick();
        else lane.lateness().late();
        boolean backlog = lane.freed(1);
        Standing standing = core.settlement().standing(row.standing(), attempted);
        core.settlement()
                .write(lane, row.delivery(), Settlement.Row.PRESENT, standing, attempted)
                .whenComplete((ignored, failure) -> {
                    if (failure == null) settled(lane, row.delivery(), standing);
                    else unsettled(lane, row.delivery(), claimEnds, failure);
                });
        freed.accept(lane);
        if (backlog) pump(lane);
    }

    /** The outcome is durable. */
    void settled(Lane lane, Delivery delivery, Standing standing) {
        Instant next = standing.next();
        if (!standing.done()) core.recent().add(delivery.id());
        boolean more = standing.done() && core.settlement().ended(lane, delivery);
        CompletableFuture<Void> flying = core.lanes().flying().remove(delivery.id());
        if (flying != null) flying.complete(null);
        if (more) {
            lane.backlog().recorded(1);
            pump(lane);
        }
        if (next != null) wake(lane, next);
    }

    /** The outcome could not be written: the claim ends by itself, and the delivery is tried again. */
    void unsettled(Lane lane, Delivery delivery, Instant claimEnds, Throwable failure) {
        LOG.warn(
                "delivery.not-settled delivery={} subscription={} reason={}",
                delivery.id(),
                delivery.subscription(),
                Causes.of(failure).getClass().getSimpleName());
        CompletableFuture<Void> flying = core.lanes().flying().remove(delivery.id());
        if (flying != null) flying.complete(null);
        wake(lane, claimEnds);
    }

    /** The publication is no longer kept: nothing can be sent any more. */
    private void lost(Lane lane, Row row) {
        Instant now = core.clock().instant();
        Standing dead = new Standing(
                Standing.State.DEAD, row.standing().attempts(), row.standing().steps(), null, now, "event-not-kept");
        core.database()
                .write(connection -> {
                    Rows.update(connection, row.delivery().id(), dead, now);
                    Rows.release(
                            connection,
                            row.delivery().subscription(),
                            row.delivery().line(),
                            now);
                    return 0;
                })
                .whenComplete((ignored, failure) -> {
                    if (failure == null) settled(lane, row.delivery(), dead);
                    else unsettled(lane, row.delivery(), now.plus(claim), failure);
                });
    }
}
