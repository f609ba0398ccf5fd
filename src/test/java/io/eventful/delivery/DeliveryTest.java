package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.delivery.Sink.Answer;
import io.eventful.subscription.Status;
import io.eventful.subscription.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a subscriber is sent, and what its answers lead to. */
class DeliveryTest extends DeliveryFixture {

    @Test
    void anEventArrivesOnceSignedAndInBinaryMode() throws Exception {
        Subscription subscription = rig.subscribe(sink.url());
        done(rig.publish(event("/customers/42", 1)));

        assertThat(sink.received).hasSize(1);
        Sink.Received request = sink.received.getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.text()).isEqualTo("{\"n\":1}");
        assertThat(request.headers())
                .containsEntry("ce-id", "e1")
                .containsEntry("ce-specversion", "1.0")
                .containsEntry("content-type", "application/json")
                .containsEntry("webhook-id", "e1")
                .containsEntry("webhook-request-origin", "gateway.example")
                .containsEntry("user-agent", "eventful-gateway/test")
                .doesNotContainKey("ce-datacontenttype");
        String signature = new Signer()
                .sign(
                        "e1",
                        rig.time.now(),
                        request.body(),
                        rig.subscriptions.find(subscription.id()).orElseThrow().secrets());
        assertThat(request.headers()).containsEntry("webhook-signature", signature);
        List<DeliveryRecord> delivered = rig.deliveries(State.DELIVERED);
        assertThat(delivered).hasSize(1);
        DeliveryRecord whole =
                rig.engine.deliveries().find(delivered.getFirst().id()).orElseThrow();
        assertThat(whole.log()).hasSize(1);
        assertThat(whole.log().getFirst().status()).isEqualTo(204);
    }

    @Test
    void theOfficialLibraryVerifiesWhatIsSent() throws Exception {
        // The library compares timestamps with the machine's clock.
        rig.pass(Duration.between(rig.time.now(), Instant.now()));
        Subscription subscription = rig.subscribe(sink.url());
        done(rig.publish(event("/customers/42", 1)));
        Sink.Received request = sink.received.getFirst();
        Map<String, List<String>> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        new Webhook(subscription.secrets().getFirst().text())
                .verify(request.text(), java.net.http.HttpHeaders.of(headers, (name, value) -> true));
    }

    @Test
    void aFailedDeliveryIsRecordedAndTriedByTheSchedule() {
        rig.subscribe(sink.url());
        sink.answer(500);
        done(rig.publish(event("/customers/42", 1)));
        assertThat(rig.deliveries(State.FAILED)).singleElement().satisfies(failed -> {
            assertThat(failed.reason()).isEqualTo("status-500");
            assertThat(failed.attempts()).isEqualTo(1);
            assertThat(failed.nextAttempt())
                    .isBetween(rig.time.now().plusSeconds(5), rig.time.now().plusMillis(5500));
        });

        rig.pass(Duration.ofMillis(4900));
        assertThat(sink.received).hasSize(1);
        sink.answer(200);
        rig.pass(Duration.ofMillis(700));
        await().until(() -> rig.deliveries(State.DELIVERED).size() == 1);
        assertThat(sink.ids()).containsExactly("e1", "e1");
    }

    @Test
    void afterTheLastStepItIsADeadLetterThatCanBeTriedAgain() {
        rig.subscribe(sink.url());
        sink.answer(500);
        done(rig.publish(event("/customers/42", 1)));
        passUntilReceived(10);
        await().until(() -> rig.deliveries(State.DEAD).size() == 1);
        DeliveryRecord dead = rig.deliveries(State.DEAD).getFirst();
        assertThat(rig.engine.deliveries().find(dead.id()).orElseThrow().log()).hasSize(10);

        sink.answer(200);
        assertThat(rig.engine.deliveries().retry(dead.id())).isEqualTo(Deliveries.Retry.QUEUED);
        await().until(() -> rig.deliveries(State.DELIVERED).size() == 1);
        assertThat(rig.engine.deliveries().retry(dead.id())).isEqualTo(Deliveries.Retry.DELIVERED);
    }

    /** Moves the clock from one planned look to the next: one that ran ahead would make looks late, and end claims. */
    private void passUntilReceived(int count) {
        while (sink.received.size() < count) {
            await().atMost(30, TimeUnit.SECONDS).until(this::resting);
            if (sink.received.size() >= count) return;
            Instant planned = lane().turns().planned();
            if (planned != null)
                rig.pass(Duration.between(rig.time.now(), planned).plusMillis(1));
        }
    }

    private boolean resting() {
        return !lane().turns().busy()
                && !lane().busy()
                && rig.engine.core().lanes().flying().isEmpty()
                && lane().turns().planned() != null;
    }

    @Test
    void goneDisablesTheSubscriptionAndHoldsWhatWaits() {
        Subscription subscription = rig.subscribe(sink.url());
        sink.answer(410);
        done(rig.publish(event("/customers/42", 1)));
        await().until(() ->
                rig.subscriptions.find(subscription.id()).orElseThrow().status().state() == Status.State.DISABLED);
        done(rig.publish(event("/customers/42", 2)));
        done(rig.publish(event("/customers/43", 3)));
        await().until(() -> rig.deliveries(State.HELD).size() == 3);
        assertThat(sink.received).hasSize(1);

        sink.answer(200);
        rig.subscriptions.status(subscription.id(), Status.ACTIVE);
        await().until(() -> rig.deliveries(State.DELIVERED).size() == 3);
        assertThat(sink.ids().stream().filter(id -> !id.equals("e3")).toList()).containsExactly("e1", "e1", "e2");
    }

    @Test
    void retryAfterPausesTheWholeSubscriptionAndSpendsNoStep() {
        rig.subscribe(sink.url());
        sink.answer(request -> Answer.of(429, "Retry-After", "120"));
        done(rig.publish(event("/customers/42", 1)));
        done(rig.publish(event("/customers/43", 2)));
        assertThat(sink.received).hasSize(1);
        sink.answer(200);
        rig.pass(Duration.ofSeconds(119));
        assertThat(sink.received).hasSize(1);
        rig.pass(Duration.ofSeconds(2));
        await().until(() -> rig.deliveries(State.DELIVERED).size() == 2);
    }

    @Test
    void whatComesDuringAPauseIsToldToBeTriedAfterIt() {
        rig.subscribe(sink.url());
        sink.answer(request -> Answer.of(429, "Retry-After", "120"));
        done(rig.publish(event("/customers/42", 1)));
        done(rig.publish(event("/customers/43", 2)));
        Instant end = rig.time.now().plusSeconds(120);
        assertThat(rig.deliveries(State.FAILED))
                .singleElement()
                .satisfies(asked -> assertThat(asked.nextAttempt()).isEqualTo(end));
        assertThat(rig.deliveries(State.PENDING)).singleElement().satisfies(later -> {
            assertThat(later.nextAttempt()).isEqualTo(end);
            assertThat(rig.engine.deliveries().find(later.id()).orElseThrow().nextAttempt())
                    .isEqualTo(end);
        });
    }

    @Test
    void aBadRequestIsADeadLetterAtOnce() {
        rig.subscribe(sink.url());
        sink.answer(422);
        done(rig.publish(event("/customers/42", 1)));
        assertThat(rig.deliveries(State.DEAD)).hasSize(1);
        sink.answer(200);
        done(rig.publish(event("/customers/42", 2)));
        assertThat(sink.ids()).containsExactly("e1", "e2");
    }
}
