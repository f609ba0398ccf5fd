package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.store.StoreUnavailableException;
import io.eventful.subscription.Status;
import io.eventful.subscription.Subscription;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of a delivery while its subscription is changed. */
class RegistryMeetsDeliveryTest extends DeliveryFixture {

    @Test
    void anEventThatMeetsTheEndOfItsSubscriptionIsNotSent() {
        Subscription subscription = rig.subscribe(sink.url());
        rig.before.put("take", () -> rig.subscriptions.delete(subscription.id()));
        done(rig.publish(event("/customers/1", 1)));
        assertThat(rig.engine.core().lanes().all()).isEmpty();
        assertThat(rig.engine.core().lanes().admitting()).isEmpty();
        assertThat(sink.received).isEmpty();
    }

    @Test
    void aSinkThatIsGoneIsDisabledAsSoonAsTheStoreTakesIt() {
        Subscription subscription = rig.subscribe(sink.url());
        sink.answer(410);
        AtomicInteger refusals = new AtomicInteger(2);
        rig.before.put("status", () -> {
            if (refusals.getAndDecrement() > 0) throw new StoreUnavailableException("disk full");
        });
        done(rig.publish(event("/customers/1", 1)));
        await().untilAsserted(() -> {
            rig.pass(Duration.ofSeconds(1));
            assertThat(rig.subscriptions.find(subscription.id()).orElseThrow().status())
                    .isEqualTo(new Status(Status.State.DISABLED, "gone"));
        });
        assertThat(refusals.get()).as("the third try").isNegative();
    }
}
