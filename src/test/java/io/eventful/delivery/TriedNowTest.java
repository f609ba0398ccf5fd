package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.subscription.Progress;
import io.eventful.subscription.Subscription;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The owner of a subscription says that its endpoint is well: nothing that was put off is waited for. */
class TriedNowTest extends DeliveryFixture {

    private Subscription subscription;

    @Override
    @BeforeEach
    void open() throws Exception {
        super.open();
        rig.close();
        rig = new Rig(
                stores(folder),
                folder,
                "retry-schedule=0s,10s,1h,1h",
                "breaker.failures=2",
                "breaker.span=5s",
                "breaker.probe=10m",
                "breaker.probe-max=10m",
                "breaker.disable-after=0s");
        subscription = rig.subscribe(sink.url());
    }

    private Progress.Endpoint endpoint() {
        return rig.engine.progress().of(subscription).endpoint();
    }

    @Test
    void aPauseThatItAskedForEndsForGood() throws Exception {
        sink.answer(request -> Sink.Answer.of(429, "Retry-After", "80000"));
        done(rig.publish(event("/customers/1", 1)));
        done(rig.publish(event("/customers/2", 2)));
        assertThat(endpoint().state()).isEqualTo("retry-after");
        sink.answer(204);
        rig.engine.held().tryNow(subscription.id());
        await().until(() -> rig.deliveries(State.DELIVERED).size() == 2);

        rig.crash();
        rig.open();
        done(rig.publish(event("/customers/3", 3)));
        assertThat(sink.ids()).contains("e3");
    }

    @Test
    void whatWaitsForItsNextAttemptIsTried() {
        sink.answer(500);
        done(rig.publish(event("/customers/1", 1)));
        done(rig.publish(event("/customers/1", 2)));
        await().until(() -> rig.deliveries(State.FAILED).size() == 1);
        sink.answer(204);
        rig.engine.held().tryNow(subscription.id());
        await().until(() -> rig.deliveries(State.DELIVERED).size() == 2);
        assertThat(sink.ids()).containsExactly("e1", "e1", "e2");
    }

    @Test
    void anOpenCircuitLetsOneThroughAndClosesBehindIt() {
        sink.answer(500);
        for (int i = 1; i <= 3; i++) done(rig.publish(event("/customers/" + i, i)));
        await().until(() -> rig.deliveries(State.FAILED).size() == 3);
        rig.pass(Duration.ofSeconds(11));
        await().until(() -> endpoint().state().equals("circuit-open"));
        await().until(() -> rig.operations.stream().anyMatch(e -> e.type().equals("subscription.failing")));
        sink.answer(204);
        rig.engine.held().tryNow(subscription.id());
        await().until(() -> rig.deliveries(State.DELIVERED).size() == 3);
        await().until(() -> rig.operations.stream().anyMatch(e -> e.type().equals("subscription.recovered")));
    }
}
