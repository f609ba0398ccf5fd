package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.event.Event;
import io.eventful.subscription.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The gateway ends and waits no longer for an answer: the sink has not failed, and is asked again after the restart. */
class CutOffTest extends DrainFixture {

    private static final int WAITING = 20;

    @Override
    String limit() {
        return "200ms";
    }

    /** Nobody holds anything against the sink, and all waits as before. */
    private void nothingHappened(int waiting) {
        assertThat(rig.operations)
                .extracting(Event::type)
                .doesNotContain("subscription.failing", "subscription.disabled");
        assertThat(rig.subscriptions.find(subscription.id()).orElseThrow().status())
                .isEqualTo(Status.ACTIVE);
        assertThat(rig.engine.progress().of(subscription).endpoint()).isNull();
        assertThat(rig.deliveries(State.PENDING)).hasSize(waiting).allSatisfy(one -> {
            assertThat(one.attempts()).isZero();
            assertThat(rig.engine.deliveries().find(one.id()).orElseThrow().log())
                    .isEmpty();
        });
    }

    @Test
    void whatWasHandedOffIsSentAgainAfterTheRestart() throws Exception {
        handedOff();
        ended(end());
        rig.open();
        nothingHappened(SLOTS);
        answer();
        delivered();
        assertThat(sink.received).hasSize(2 * SLOTS);
    }

    @Test
    void whatWasUnderWayOfABacklogIsSentAgainAfterTheRestart() throws Exception {
        backlog(WAITING);
        ended(end());
        assertThat(sink.received).as("nothing new begins").hasSize(SLOTS);
        rig.open();
        nothingHappened(WAITING);
        answer();
        delivered();
        assertThat(sink.received).hasSize(WAITING + SLOTS);
    }

    /** Neither delivered nor recorded: the channel keeps it. */
    @Test
    void whatWasNotHandedOffIsNotAcknowledged() throws Exception {
        List<CompletableFuture<Void>> all = publish(SLOTS);
        asked(SLOTS);
        ended(end());
        all.forEach(one -> assertThat(one).failsWithin(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        rig.open();
        nothingHappened(0);
    }
}
