package io.eventful.delivery;

import io.eventful.subscription.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins and ends flights: deliveries that are sent from memory. */
final class Landing {

    private static final Logger LOG = LoggerFactory.getLogger(Landing.class);
    private static final Standing FRESH = Standing.waiting(null);

    /** What a claim lasts longer than an attempt, so that its outcome can be written before it ends. */
    static final Duration SLACK = Duration.ofSeconds(10);

    /** How long after its recording a queued one may still start: the rest of the slack is left for its outcome. */
    private static final Duration LATEST_START = SLACK.dividedBy(2);

    private final Core core;
    private final Retries retries;
    private final Rowless rowless;
    private final Duration claim;

    Landing(Core core, Retries retries) {
        this.core = core;
        this.retries = retries;
        this.rowless = new Rowless(core, retries);
        this.claim = core.settings().timeout().plus(SLACK);
    }

    /** Sends; the slot is taken. */
    void launch(Flight flight) {
        Lane lane = flight.lane();
        String delivery = flight.delivery().id();
        if (!flight.launch(core.clock().instant())) {
            // Neither the rate nor a probe was used up.
            lane.gate(gate -> {
                gate.giveBack(1);
                return lane.freedFlight();
            });
            return;
        }
        core.lanes().flying().put(delivery, flight.settled());
        Subscription called = lane.subscription();
        core.attempter().attempt(called, delivery, flight.form(), 1).whenComplete((attempted, cut) -> {
            if (cut == null) land(flight, attempted.heardBy(lane.subscription(), called));
            // The gateway ends. It is recorded, or else the channel brings the event again.
            else flight.settled().completeExceptionally(cut);
        });
    }

    /** Waits in memory for a slot. */
    void enqueue(Flight flight) {
        core.lanes().flying().put(flight.delivery().id(), flight.settled());
        flight.lane().enqueue(flight);
        launchNext(flight.lane());
    }

    /**
     * Sends what waits in memory and may start now. One at a time for a lane: attempts that fail at once would
     * otherwise nest as deep as its queue is long.
     */
    void launchNext(Lane lane) {
        if (!lane.launches().ask()) return;
        do {
            lane.launches().begins();
            launchAll(lane);
        } while (!lane.launches().over());
    }

    private void launchAll(Lane lane) {
        Instant now = core.clock().instant();
        for (Flight stale = lane.stale(now); stale != null; stale = lane.stale(now)) leave(stale);
        for (Flight next = lane.next(now); next != null; next = lane.next(now)) launch(next);
    }

    /** It is not sent from memory any more. It has a row, or nobody wants it, or the gateway ends before it had one. */
    private void leave(Flight flight) {
        boolean unwanted = flight.lane().deleted();
        if (!unwanted && !flight.isSettling()) {
            shelve(flight);
            return;
        }
        core.lanes().flying().remove(flight.delivery().id());
        if (unwanted) flight.settled().complete(null);
    }

    /**
     * It has taken long enough: it is recorded, and the event may be acknowledged.
     *
     * @return whether it is left as it is instead, to be looked at again
     */
    boolean overdue(Flight flight) {
        if (flight.isSettling()) return false;
        if (mayTakeLonger(flight)) return true;
        if (flight.overdue()) flight.lane().lateness().overdue();
        else flight.lane().lateness().late();
        handOff(flight);
        return false;
    }

    /**
     * What waits behind quick attempts makes the channel wait for the machine, not for its sink. To record it would only
     * cost the machine more; but a lane that could take more must not wait for this one.
     */
    private boolean mayTakeLonger(Flight flight) {
        Lane lane = flight.lane();
        Instant now = core.clock().instant();
        return flight.began(now.minus(core.settings().handoff()))
                && lane.moves(now)
                && !core.lanes().anyCouldTakeMore(now);
    }

    /**
     * Records a flight, so that the event may be acknowledged. One that will not soon get a slot leaves the memory, due
     * now; any other is due when its claim ends, should its outcome never come.
     */
    void handOff(Flight flight) {
        Lane lane = flight.lane();
        Instant now = core.clock().instant();
        if (lane.withdraw(flight, now)) {
            shelve(flight);
            return;
        }
        CompletableFuture<Void> recorded = flight.handOff(now.plus(LATEST_START));
        if (recorded == null) return;
        Delivery delivery = flight.delivery();
        Instant due = now.plus(claim);
        core.recorder().recordFlight(lane, flight.form(), delivery, due).whenComplete((ignored, failure) -> {
            if (failure == null) {
                lane.landed(delivery);
                core.recent().add(delivery.id());
                recorded.complete(null);
                flight.settled().complete(null);
                retries.wake(lane, due);
            } else if (flight.abandon()) rowless.refused(flight, failure);
            else {
                // Its attempt is under way: it is in flight without a row until that ends.
                recorded.completeExceptionally(failure);
                flight.settled().completeExceptionally(failure);
            }
        });
    }

    private void shelve(Flight flight) {
        Lane lane = flight.lane();
        Delivery delivery = flight.delivery();
        core.recorder()
                .recordFlight(lane, flight.form(), delivery, core.clock().instant())
                .whenComplete((ignored, failure) -> {
                    if (failure == null) {
                        core.lanes().flying().remove(delivery.id());
                        lane.landed(delivery);
                        core.recent().add(delivery.id());
                        lane.backlog().recorded(1);
                        flight.settled().complete(null);
                        retries.pump(lane);
                    } else rowless.refused(flight, failure);
                });
    }

    /** The attempt has ended. Runs on an event loop: never blocks. */
    private void land(Flight flight, Attempted attempted) {
        Lane lane = flight.lane();
        CompletableFuture<Void> recorded = flight.land();
        core.settlement().effects(lane, flight.delivery(), attempted);
        if (flight.wasOverdue()) lane.lateness().overdueEnded();
        else if (core.quick(attempted)) lane.lateness().quick();
        else lane.lateness().late();
        boolean backlog = lane.freedFlight();
        Standing standing = core.settlement().standing(FRESH, attempted);
        if (recorded != null)
            recorded.whenComplete((ignored, failure) -> landRecorded(flight, standing, attempted, failure));
        else if (standing.state() == Standing.State.DELIVERED) rowless.delivered(flight, standing, attempted);
        else landFailed(flight, standing, attempted);
        launchNext(lane);
        if (backlog) retries.pump(lane);
    }

    private void landFailed(Flight flight, Standing standing, Attempted attempted) {
        Delivery delivery = flight.delivery();
        core.recorder()
                .keep(delivery.channel(), flight.form())
                .thenCompose(kept ->
                        core.settlement().write(flight.lane(), delivery, Settlement.Row.MISSING, standing, attempted))
                .whenComplete((ignored, failure) -> {
                    if (failure == null) {
                        flight.lane().landed(delivery);
                        retries.settled(flight.lane(), delivery, standing);
                        flight.settled().complete(null);
                    } else rowless.refused(flight, failure);
                });
    }

    private void landRecorded(Flight flight, Standing standing, Attempted attempted, @Nullable Throwable unrecorded) {
        Delivery delivery = flight.delivery();
        if (unrecorded != null) {
            if (standing.state() == Standing.State.DELIVERED) rowless.delivered(flight, standing, attempted);
            else rowless.gone(flight, unrecorded);
            return;
        }
        core.settlement()
                .write(flight.lane(), delivery, Settlement.Row.PRESENT, standing, attempted)
                .whenComplete((ignored, failure) -> {
                    if (failure == null) retries.settled(flight.lane(), delivery, standing);
                    else
                        retries.unsettled(
                                flight.lane(), delivery, core.clock().instant().plus(claim), failure);
                });
    }
}
