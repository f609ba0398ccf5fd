package io.eventful.receive;

import io.eventful.ledger.Ledger;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets the ids of deliveries that no sender repeats any more, a chunk at a time. */
final class Forgetting implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Forgetting.class);
    private static final int CHUNK = 500;
    private static final int SECONDS = 60;

    private final Ledger ledger;
    private final Clock clock;
    private final ReceiveSettings settings;
    private final ScheduledExecutorService timer;

    Forgetting(Ledger ledger, Clock clock, ReceiveSettings settings, ScheduledExecutorService timer) {
        this.ledger = ledger;
        this.clock = clock;
        this.settings = settings;
        this.timer = timer;
        timer.scheduleWithFixedDelay(this::sweep, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    /** Each chunk is a write of its own, so receipts pass between two of them. */
    void sweep() {
        ledger.forgetDeliveries(clock.instant().minus(settings.remember()), settings.deliveries(), CHUNK)
                .whenComplete((forgotten, failure) -> {
                    if (failure != null) log.debug("receive.not-swept reason=\"{}\"", failure.toString());
                    else if (forgotten == CHUNK) sweep();
                });
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
