package io.eventful.delivery;

import io.eventful.event.Event;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends flights: deliveries that were sent without a row. */
final class Landing {

    private static final Logger LOG = LoggerFactory.getLogger(Landing.class);
    private static final Standing FRESH = Standing.waiting(null);

    /** What a claim lasts longer than an attempt, so that its outcome can be written before it ends. */
    static final Duration SLACK = Duration.ofSeconds(10);

    private final Core core;
    private final Retries retries;
    private final Duration claim;

    Landing(Core core, Retries retries) {
        this.core = core;
        this.retries = retries;
        this.claim = core.settings().timeout().plus(SLACK);
    }

    /** Sends; the slot is taken. */
    void launch(Flight flight) {
        Event event = flight.form().event();
        Delivery delivery = flight.delivery();
        core.lanes().flying().put(delivery.id(), flight.settled());
        core.attempter()
                .attempt(flight.lane().subscription(), delivery.id(), flight.form(), 1)
                .thenAccept(attempted -> land(flight, event, attempted));
    }

    /** Sends what waits in memory and may start now. */
    void launchNext(Lane lane) {
        Flight next = lane.next(core.clock().instant());
        while (next != null) {
            launch(next);
            next = lane.next(core.clock().instant());
        }
    }

    /** It has taken long enough: it is recorded, as in flight or as due, and the event may be acknowledged. */
    void handOff(Flight flight, Event event) {
        if (flight.lane().withdraw(flight)) {
            shelve(flight, event);
            return;
        }
        CompletableFuture<Void> recorded = flight.handOff();
        if (recorded == null) return;
        Delivery delivery = flight.delivery();
        flight.lane().slow();
        core.recorder()
                .recordFlight(event, delivery, core.clock().instant().plus(claim))
                .whenComplete((ignored, failure) -> {
                    flight.lane().landed(delivery);
                    if (failure == null) {
                        core.recent().add(delivery.id());
                        recorded.complete(null);
                        flight.settled().complete(null);
                    } else {
                        recorded.completeExceptionally(failure);
                        flight.settled().completeExceptionally(failure);
                    }
                });
    }

    private void shelve(Flight flight, Event event) {
        Lane lane = flight.lane();
        Delivery delivery = flight.delivery();
        lane.slow();
        core.recorder().recordFlight(event, delivery, core.clock().instant()).whenComplete((ignored, failure) -> {
            if (failure == null) {
                lane.landed(delivery);
                core.recent().add(delivery.id());
                lane.recorded();
                flight.settled().complete(null);
                retries.pump(lane);
            } else {
                gone(flight, failure);
                flight.settled().completeExceptionally(failure);
            }
        });
    }

    /** The attempt has ended. Runs on an event loop: never blocks. */
    private void land(Flight flight, Event event, Attempted attempted) {
        Lane lane = flight.lane();
        CompletableFuture<Void> recorded = flight.land();
        core.settlement().effects(lane, attempted.verdict());
        if (recorded == null) lane.quick();
        boolean backlog = lane.freed(1);
        Standing standing = core.settlement().standing(FRESH, attempted);
        if (recorded != null)
            recorded.whenComplete((ignored, failure) -> landRecorded(flight, standing, attempted, failure));
        else if (standing.state() == Standing.State.DELIVERED) delivered(flight, standing, attempted);
        else landFailed(flight, event, standing, attempted);
        launchNext(lane);
        if (backlog) retries.pump(lane);
    }

    private void delivered(Flight flight, Standing standing, Attempted attempted) {
        core.log().add(flight.delivery(), standing, attempted.log());
        gone(flight);
        flight.settled().complete(null);
    }

    private void landFailed(Flight flight, Event event, Standing standing, Attempted attempted) {
        Delivery delivery = flight.delivery();
        core.recorder()
                .keep(delivery.channel(), event)
                .thenCompose(kept -> core.settlement().write(delivery, Settlement.Row.MISSING, standing, attempted))
                .whenComplete((ignored, failure) -> {
                    flight.lane().landed(delivery);
                    if (failure == null) {
                        retries.settled(flight.lane(), delivery, standing);
                        flight.settled().complete(null);
                    } else {
                        // Neither delivered nor recorded: the channel brings the event again.
                        gone(flight, failure);
                        flight.settled().completeExceptionally(failure);
                    }
                });
    }

    private void landRecorded(Flight flight, Standing standing, Attempted attempted, @Nullable Throwable unrecorded) {
        Delivery delivery = flight.delivery();
        if (unrecorded != null) {
            if (standing.state() == Standing.State.DELIVERED) delivered(flight, standing, attempted);
            else gone(flight, unrecorded);
            return;
        }
        core.settlement()
                .write(delivery, Settlement.Row.PRESENT, standing, attempted)
                .whenComplete((ignored, failure) -> {
                    if (failure == null) retries.settled(flight.lane(), delivery, standing);
                    else
                        retries.unsettled(
                                flight.lane(), delivery, core.clock().instant().plus(claim), failure);
                });
    }

    private void gone(Flight flight, Throwable failure) {
        LOG.warn(
                "delivery.not-recorded delivery={} reason={}",
                flight.delivery().id(),
                failure.getClass().getSimpleName());
        core.lanes().flying().remove(flight.delivery().id());
        release(flight);
    }

    /** Delivered without a row. */
    private void gone(Flight flight) {
        core.recent().add(flight.delivery().id());
        core.lanes().flying().remove(flight.delivery().id());
        release(flight);
    }

    private void release(Flight flight) {
        Lane lane = flight.lane();
        Delivery delivery = flight.delivery();
        lane.landed(delivery);
        if (!lane.ended(delivery)) return;
        core.database()
                .write(connection -> {
                    core.settlement().release(connection, delivery);
                    return 0;
                })
                .whenComplete((ignored, failure) -> {
                    lane.recorded();
                    retries.pump(lane);
                });
    }
}
