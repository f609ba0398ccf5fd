package io.eventful.delivery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends flights that have no row: delivered at once, or given back to their channel. */
final class Rowless {

    private static final Logger LOG = LoggerFactory.getLogger(Rowless.class);

    private final Core core;
    private final Retries retries;

    Rowless(Core core, Retries retries) {
        this.core = core;
        this.retries = retries;
    }

    void delivered(Flight flight, Standing standing, Attempted attempted) {
        core.log().add(flight.delivery(), standing, attempted.log());
        core.recent().add(flight.delivery().id());
        core.lanes().flying().remove(flight.delivery().id());
        release(flight);
        flight.settled().complete(null);
    }

    /** Neither delivered nor recorded: the channel brings the event again. */
    void refused(Flight flight, Throwable failure) {
        flight.lane().withdraw(flight);
        gone(flight, failure);
        flight.settled().completeExceptionally(failure);
    }

    void gone(Flight flight, Throwable failure) {
        LOG.warn(
                "delivery.not-recorded delivery={} reason={}",
                flight.delivery().id(),
                failure.getClass().getSimpleName());
        core.lanes().flying().remove(flight.delivery().id());
        release(flight);
    }

    private void release(Flight flight) {
        Lane lane = flight.lane();
        Delivery delivery = flight.delivery();
        lane.landed(delivery);
        if (!lane.ended(delivery)) return;
        core.settlement().release(delivery, () -> {
            lane.backlog().recorded(1);
            retries.pump(lane);
        });
    }
}
