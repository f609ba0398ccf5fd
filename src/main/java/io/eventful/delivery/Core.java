package io.eventful.delivery;

import io.eventful.event.Publications;
import io.eventful.store.Database;
import io.eventful.subscription.Subscriptions;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What the parts of delivery share.
 *
 * @param blocking runs what may block; never used on an event loop's thread itself
 * @param scheduler every wait of delivery goes through it
 */
record Core(
        Database database,
        Publications publications,
        Subscriptions subscriptions,
        Lanes lanes,
        Recent recent,
        Recorder recorder,
        Settlement settlement,
        Attempter attempter,
        AttemptLog log,
        Clock clock,
        Executor blocking,
        ScheduledExecutorService scheduler,
        DeliverySettings settings) {

    /** Whether an attempt took less than the hand-off. */
    boolean quick(Attempted attempted) {
        return attempted.log().timing().total() * 1000 < settings.handoff().toNanos();
    }
}
