package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.subscription.Subscription;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeletedSubscriptionTest extends DeliveryFixture {

    @Test
    void whatFailsWhileItsSubscriptionIsDeletedIsOver() {
        Subscription subscription = rig.subscribe(sink.url());
        sink.answer(request -> {
            rig.subscriptions.delete(subscription.id());
            await().until(() ->
                    !rig.engine.core().database().read(Endpoints::all).containsKey(subscription.id()));
            return Sink.Answer.of(500);
        });
        done(rig.publish(event("/customers/1", 1)));
        assertThat(rig.deliveries(State.FAILED)).isEmpty();
        assertThat(rig.deliveries(State.DEAD))
                .extracting(DeliveryRecord::reason)
                .containsExactly("subscription-deleted");
    }

    /** The sink has answered: it is no dead letter, whatever was recorded of it in between. */
    @Test
    void whatIsDeliveredWhileItsSubscriptionIsDeletedIsDelivered() {
        Subscription subscription = rig.subscribe(sink.url());
        sink.answer(request -> {
            // Recorded as handed off, then closed.
            rig.pass(Duration.ofMillis(200));
            await().until(() -> !rig.deliveries(State.PENDING).isEmpty());
            rig.subscriptions.delete(subscription.id());
            await().until(() -> !rig.deliveries(State.DEAD).isEmpty());
            return Sink.Answer.of(204);
        });
        done(rig.publish(event("/customers/1", 1)));
        await().until(() -> !rig.deliveries(State.DELIVERED).isEmpty());
        DeliveryRecord delivered = rig.deliveries(State.DELIVERED).getFirst();
        assertThat(delivered.attempts()).isEqualTo(1);
        assertThat(delivered.reason()).isEmpty();
        assertThat(rig.deliveries(State.DEAD)).isEmpty();
    }
}
