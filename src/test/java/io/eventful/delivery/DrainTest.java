package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.DeliveryRecord.State;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The gateway ends while attempts are under way whose answers soon come: they are delivered, and nothing new begins. */
class DrainTest extends DrainFixture {

    private static final int WAITING = 20;

    @Override
    String limit() {
        return "30s";
    }

    @Test
    void whatWasHandedOffIsDeliveredOnce() throws Exception {
        handedOff();
        CompletableFuture<Void> end = end();
        answer();
        ended(end);
        rig.open();
        delivered();
        assertThat(sink.received).hasSize(SLOTS);
    }

    @Test
    void ofABacklogWhatIsUnderWayIsDeliveredAndTheRestWaits() throws Exception {
        backlog(WAITING);
        CompletableFuture<Void> end = end();
        answer();
        ended(end);
        assertThat(sink.received).as("nothing new begins").hasSize(SLOTS);
        rig.open();
        delivered();
        assertThat(sink.ids()).as("nothing is sent twice").hasSize(WAITING).doesNotHaveDuplicates();
    }

    @Test
    void whatWaitsInMemoryIsRecordedAndNotSent() throws Exception {
        List<CompletableFuture<Void>> all = publish(SLOTS + 3);
        asked(SLOTS);
        CompletableFuture<Void> end = end();
        all.subList(SLOTS, all.size()).forEach(DeliveryFixture::done);
        answer();
        ended(end);
        all.forEach(DeliveryFixture::done);
        assertThat(sink.received).as("nothing new begins").hasSize(SLOTS);
        rig.open();
        delivered();
        assertThat(sink.ids()).hasSize(SLOTS + 3).doesNotHaveDuplicates();
    }

    @Test
    void aReplayGoesOnAfterTheRestart() throws Exception {
        handedOff();
        CompletableFuture<Void> end = end();
        rig.engine.replays().create(subscription.id(), ReplayWish.EVERYTHING);
        answer();
        ended(end);
        assertThat(sink.received).as("nothing new begins").hasSize(SLOTS);
        rig.open();
        await().atMost(PATIENCE).until(() -> rig.deliveries(State.DELIVERED).size() == 4 * SLOTS);
    }
}
