package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.Deliveries.Selection;
import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.store.Databases;
import io.eventful.store.StoreUnavailableException;
import io.eventful.store.TestStores;
import io.eventful.subscription.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A dead letter that is retried may be delivered before the one who retried it knows that it is queued. */
class RevivedLineTest extends DeliveryFixture {

    private static final Selection DEAD = new Selection(State.DEAD, null, null, List.of(), null, null, null, null);

    private SteeredStore store;
    private Subscription subscription;
    private String dead;

    @Override
    Supplier<Databases> stores(Path folder) {
        return () -> {
            store = new SteeredStore(TestStores.sqlite(folder));
            return store;
        };
    }

    @BeforeEach
    void deadLetter() {
        subscription = rig.subscribe(sink.url());
        sink.answer(400);
        done(rig.publish(event("/customers/1", 1)));
        dead = rig.deliveries(State.DEAD).getFirst().id();
        sink.answer(204);
    }

    /** Retries it, and lets it be delivered as soon as it is durably queued. */
    private void deliveredMeanwhile(Consumer<Deliveries> retry) {
        rig.engine.core().log().flush().join();
        store.whenNextIsCommitted(() -> {
            rig.engine.deliveries().retry(dead);
            await().until(() -> rig.deliveries(State.DELIVERED).size() == 1
                    && rig.engine.core().lanes().flying().isEmpty());
        });
        retry.accept(rig.engine.deliveries());
    }

    /** What comes next for its subject needs no row: it is sent at once, or as soon as it has a slot. */
    private void assertNothingWaits() {
        Delivery next = Delivery.of(subscription, "customers", event("/customers/1", 2), 99, null, rig.time.now());
        assertThat(lane().admit(next, 0, rig.time.now())).isIn(Admission.DIRECT, Admission.QUEUE);
    }

    @Test
    void itsSubjectIsFreeAfterIt() {
        deliveredMeanwhile(deliveries -> assertThat(deliveries.retry(dead)).isEqualTo(Deliveries.Retry.QUEUED));
        assertNothingWaits();
    }

    @Test
    void itsSubjectIsFreeAfterManyWereRetried() {
        deliveredMeanwhile(deliveries -> assertThat(deliveries.retry(DEAD)).isEqualTo(1));
        assertNothingWaits();
    }

    /** Two who retry it at once count it once. */
    @Test
    void itsSubjectIsFreeWhenNothingWasRevived() {
        sink.answer(500);
        rig.engine.deliveries().retry(dead);
        await().until(() -> rig.deliveries(State.FAILED).size() == 1);
        sink.answer(204);
        rig.engine.deliveries().retry(new Selection(State.FAILED, null, null, List.of(), null, null, null, null));
        await().until(() -> rig.deliveries(State.DELIVERED).size() == 1
                && rig.engine.core().lanes().flying().isEmpty());
        assertNothingWaits();
    }

    /** After a restart places are given anew: behind its own, though nothing waits. */
    @Test
    void aLaterOneOfItsSubjectWaitsForItAfterARestartToo() throws Exception {
        rig.crash();
        rig.open();
        sink.answer(500);
        rig.engine.deliveries().retry(dead);
        await().until(() -> rig.deliveries(State.FAILED).size() == 1);
        sink.answer(204);
        sink.received.clear();
        done(rig.publish(event("/customers/1", 2)));
        assertThat(sink.ids()).isEmpty();
        rig.pass(Duration.ofSeconds(10));
        await().untilAsserted(() -> assertThat(sink.ids()).containsExactly("e1", "e2"));
    }

    @Test
    void itsSubjectIsFreeWhenTheStoreRefused() {
        store.refusing = true;
        assertThatThrownBy(() -> rig.engine.deliveries().retry(dead)).isInstanceOf(StoreUnavailableException.class);
        store.refusing = false;
        assertNothingWaits();
    }
}
