package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.delivery.Sink.Answer;
import io.eventful.subscription.Status;
import io.eventful.subscription.Subscription;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What waits for what, and what a subscription says about its pace. */
class DeliveryOrderTest extends DeliveryFixture {

    @Test
    void aFailingSubjectWaitsForItselfOnlyAndKeepsItsOrder() {
        rig.subscribe(sink.url());
        sink.answer(request -> Answer.of(request.id().equals("e1") ? 503 : 200));
        done(rig.publish(event("/customers/42", 1)));
        done(rig.publish(event("/customers/42", 2)));
        done(rig.publish(event("/customers/43", 3)));
        done(rig.publish(event("/customers/42", 4)));
        assertThat(sink.ids()).containsExactly("e1", "e3");
        sink.answer(200);
        rig.pass(Duration.ofSeconds(6));
        await().until(() -> rig.deliveries(State.DELIVERED).size() == 4);
        assertThat(sink.ids()).containsExactly("e1", "e3", "e1", "e2", "e4");
    }

    @Test
    void whatWaitedGoesOutInOrderAfterACrash() throws Exception {
        rig.subscribe(sink.url());
        sink.answer(500);
        done(rig.publish(event("/customers/42", 1)));
        done(rig.publish(event("/customers/42", 2)));
        done(rig.publish(event("/customers/43", 3)));
        rig.crash();
        sink.received.clear();
        sink.answer(200);
        rig.open();
        done(rig.publish(event("/customers/42", 4)));
        rig.pass(Duration.ofSeconds(10));
        await().until(() -> rig.deliveries(State.DELIVERED).size() == 4);
        assertThat(sink.ids().stream().filter(id -> !id.equals("e3")).toList()).containsExactly("e1", "e2", "e4");
    }

    @Test
    void aRepeatByTheBrokerIsNotSentAgain() {
        rig.subscribe(sink.url());
        done(rig.publish(event("/customers/42", 1)));
        done(rig.publish(event("/customers/42", 1)));
        sink.answer(500);
        done(rig.publish(event("/customers/42", 2)));
        done(rig.publish(event("/customers/42", 2)));
        assertThat(sink.ids()).containsExactly("e1", "e2");
    }

    @Test
    void twoRoutesThatFanOutTheSameEventDeliverItOnce() {
        rig.subscribe(sink.url());
        CompletableFuture<Void> first = rig.publish(event("/customers/42", 1));
        CompletableFuture<Void> second = rig.publish(event("/customers/42", 1));
        done(first);
        done(second);
        assertThat(sink.ids()).containsExactly("e1");
        assertThat(rig.deliveries(State.DELIVERED)).hasSize(1);
    }

    @Test
    void aPausedSubscriptionHoldsAndReleasesInOrder() {
        Subscription subscription = rig.subscribe(sink.url());
        rig.subscriptions.status(subscription.id(), new Status(Status.State.PAUSED, "paused-by-owner"));
        for (int i = 1; i <= 20; i++) done(rig.publish(event("/customers/42", i)));
        assertThat(rig.deliveries(State.HELD)).hasSize(20);
        assertThat(sink.received).isEmpty();
        rig.subscriptions.status(subscription.id(), Status.ACTIVE);
        await().until(() -> rig.deliveries(State.DELIVERED).size() == 20);
        assertThat(sink.ids())
                .containsExactlyElementsOf(java.util.stream.IntStream.rangeClosed(1, 20)
                        .mapToObj(i -> "e" + i)
                        .toList());
    }

    /** Longer than what an index of PostgreSQL can hold, however well it is compressed. */
    @Test
    void aLineMayHaveANameOfAnyLength() throws Exception {
        String longest = new Random(1)
                .ints(12_000, 'A', 'Z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        rig.subscribe(sink.url());
        sink.answer(500);
        for (int i = 1; i <= 3; i++) done(rig.publish(event("/customers/" + longest, i)));
        rig.crash();
        rig.open();
        sink.received.clear();
        sink.answer(200);
        rig.pass(Duration.ofSeconds(10));
        await().until(() -> rig.deliveries(State.DELIVERED).size() == 3);
        assertThat(sink.ids()).containsExactly("e1", "e2", "e3");
    }

    @Test
    void aDeletedSubscriptionLeavesNothingWaiting() {
        Subscription subscription = rig.subscribe(sink.url());
        sink.answer(500);
        done(rig.publish(event("/customers/42", 1)));
        rig.subscriptions.delete(subscription.id());
        await().until(() -> rig.deliveries(State.DEAD).size() == 1);
        assertThat(rig.deliveries(State.DEAD).getFirst().reason()).isEqualTo("subscription-deleted");
        rig.pass(Duration.ofHours(1));
        assertThat(sink.received).hasSize(1);
    }

    @Test
    void theRateLimitIsKept() {
        rig.subscribe(sink.url(), "\"ratelimit\":10,\"ordering\":\"none\"");
        for (int i = 1; i <= 30; i++) done(rig.publish(event("/customers/" + i, i)));
        assertThat(sink.received).hasSizeLessThanOrEqualTo(2);
        for (int second = 1; second <= 3; second++) {
            int most = second * 10 + 2;
            for (int step = 0; step < 20; step++) {
                int before = sink.received.size();
                rig.pass(Duration.ofMillis(50));
                await().pollInSameThread()
                        .until(() -> !lane().turns().busy()
                                && !lane().busy()
                                && rig.deliveries(State.PENDING).stream()
                                        .noneMatch(one -> one.nextAttempt() != null
                                                && one.nextAttempt()
                                                        .isAfter(rig.time.now().plusSeconds(3))));
                assertThat(sink.received.size() - before).isLessThanOrEqualTo(2);
            }
            assertThat(sink.received).hasSizeBetween(second * 10 - 2, most);
        }
    }

    @Test
    void progressIsThePositionUpToWhichNothingWaits() {
        Subscription subscription = rig.subscribe(sink.url());
        sink.answer(request -> Answer.of(request.id().equals("e2") ? 500 : 200));
        for (int i = 1; i <= 4; i++) done(rig.publish(event("/customers/" + i, i)));
        assertThat(rig.engine.progress().of(subscription).position()).isEqualTo(1);
        assertThat(rig.engine.progress().of(subscription).lag()).isEqualTo(1);
        sink.answer(200);
        rig.pass(Duration.ofSeconds(6));
        await().until(() -> rig.engine.progress().of(subscription).position() == 4);
        assertThat(rig.engine.progress().of(subscription).lag()).isZero();
    }
}
