package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.subscription.Status;
import io.eventful.subscription.Subscription;
import io.eventful.subscription.TestSubscriptions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A subscription that gets another sink: the former one has no say in it any more. */
class MovedSinkTest extends DeliveryFixture {

    private Sink other;
    private Subscription subscription;

    @BeforeEach
    void subscribe() throws Exception {
        other = new Sink();
        subscription = rig.subscribe(sink.url());
    }

    @AfterEach
    void closeOther() throws Exception {
        other.close();
    }

    private void move() {
        rig.subscriptions.replace(
                subscription.id(),
                TestSubscriptions.request("{\"sink\":\"" + other.url()
                        + "\",\"protocol\":\"HTTP\",\"config\":{\"channel\":\"customers\"}}"));
    }

    @Test
    void thePauseThatItAskedForEnds() throws Exception {
        sink.answer(request -> Sink.Answer.of(429, "Retry-After", "80000"));
        done(rig.publish(event("/customers/1", 1)));
        done(rig.publish(event("/customers/2", 2)));
        move();
        await().untilAsserted(() -> assertThat(other.ids()).containsExactlyInAnyOrder("e1", "e2"));
        assertThat(rig.engine.progress().of(subscription).endpoint()).isNull();

        rig.crash();
        rig.open();
        done(rig.publish(event("/customers/3", 3)));
        assertThat(other.ids()).contains("e3");
    }

    /** As when the gateway is killed between the two writes. */
    @Test
    void thePauseThatItAskedForEndsAtTheNextStartWhereDeliveryHadNotHeardOfTheOther() throws Exception {
        sink.answer(request -> Sink.Answer.of(429, "Retry-After", "80000"));
        done(rig.publish(event("/customers/1", 1)));
        rig.engine.close();
        move();
        rig.crash();
        rig.open();
        done(rig.publish(event("/customers/2", 2)));
        await().untilAsserted(() -> assertThat(other.ids()).containsExactlyInAnyOrder("e1", "e2"));
        assertThat(rig.engine.progress().of(subscription).endpoint()).isNull();
    }

    @Test
    void thePauseThatTheSameSinkAskedForOutlivesARestart() throws Exception {
        sink.answer(request -> Sink.Answer.of(429, "Retry-After", "80000"));
        done(rig.publish(event("/customers/1", 1)));
        rig.engine.close();
        rig.crash();
        rig.open();
        done(rig.publish(event("/customers/2", 2)));
        assertThat(rig.engine.progress().of(subscription).endpoint().until()).isNotNull();
        assertThat(sink.ids()).containsExactly("e1");
    }

    @Test
    void theFailuresThatItHadDoNotCount() {
        sink.answer(500);
        done(rig.publish(event("/customers/1", 1)));
        assertThat(rig.engine.progress().of(subscription).endpoint()).isNotNull();
        move();
        assertThat(rig.engine.progress().of(subscription).endpoint()).isNull();
    }

    @Test
    void whatIsHeldSinceItWasGoneIsSentToTheOther() throws Exception {
        sink.answer(410);
        done(rig.publish(event("/customers/1", 1)));
        await().until(() -> rig.subscriptions
                .find(subscription.id())
                .orElseThrow()
                .status()
                .reason()
                .equals("gone"));
        done(rig.publish(event("/customers/2", 2)));
        move();
        await().untilAsserted(() -> assertThat(other.ids()).containsExactlyInAnyOrder("e1", "e2"));
        await().until(() -> rig.deliveries(State.DELIVERED).size() == 2);
    }

    private static Stream<Sink.Answer> farewells() {
        return Stream.of(
                Sink.Answer.of(410),
                Sink.Answer.of(503, "Retry-After", "80000"),
                Sink.Answer.of(200, "webhook-delivery", "disable"));
    }

    @ParameterizedTest
    @MethodSource("farewells")
    void whatItAnswersMeanwhileNeitherPausesNorDisables(Sink.Answer farewell) {
        sink.answer(request -> {
            move();
            return farewell;
        });
        done(rig.publish(event("/customers/1", 1)));
        Subscription now = rig.subscriptions.find(subscription.id()).orElseThrow();
        assertThat(now.status()).isEqualTo(Status.ACTIVE);
        rig.pass(Duration.ofSeconds(6));
        await().until(() -> rig.deliveries(State.DELIVERED).size() == 1);
    }
}
