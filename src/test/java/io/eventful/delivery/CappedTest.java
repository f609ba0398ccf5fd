package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.subscription.Status;
import io.eventful.subscription.Subscription;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A subscription that may get so many events gets as many, also when the store refuses some of them for a while. */
class CappedTest extends ReplayRig {

    private void refuse() {
        rig.sql("CREATE TRIGGER full BEFORE INSERT ON delivery BEGIN SELECT RAISE(ABORT, 'no space left'); END");
    }

    /** A refused event is brought again by its channel. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void anEventThatTheStoreRefusesCountsOnce(int most) {
        Subscription capped = rig.subscribe(sink.url(), "\"maxevents\":" + most);
        rig.subscriptions.status(capped.id(), new Status(Status.State.PAUSED, "paused-by-owner"));
        refuse();
        for (int time = 0; time < 4; time++)
            assertThat(rig.publish(event("/customers/1", 1))).failsWithin(30, TimeUnit.SECONDS);
        rig.sql("DROP TRIGGER full");
        for (int i = 1; i <= most + 1; i++) done(rig.publish(event("/customers/" + i, i)));
        rig.subscriptions.status(capped.id(), Status.ACTIVE);
        await().until(() -> rig.deliveries(DeliveryRecord.State.DELIVERED).size() == most);
        assertThat(sink.ids()).hasSize(most).contains("e1", "e" + most);
    }

    @ParameterizedTest
    @ValueSource(ints = {2})
    void soDoesOneThatACatchUpComesTo(int most) {
        publish(1, 5);
        refuse();
        rig.subscribe(sink.url(), "\"start\":\"earliest\",\"maxevents\":" + most);
        for (int time = 0; time < 3; time++) rig.pass(java.time.Duration.ofSeconds(2));
        rig.sql("DROP TRIGGER full");
        await().until(() -> {
            rig.pass(java.time.Duration.ofSeconds(2));
            return sink.received.size() >= most;
        });
        assertThat(sink.ids()).containsExactlyInAnyOrder("e1", "e2");
    }
}
