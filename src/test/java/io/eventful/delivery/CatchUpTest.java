package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.event.Event;
import io.eventful.subscription.Status;
import io.eventful.subscription.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A subscription that begins in the past is given it first, in order. */
class CatchUpTest extends ReplayRig {

    @Test
    void aLateSubscriptionGetsTheWholePastAndThenTheLiveOnesInOrder() {
        publish(1, 120);
        rig.subscribe(sink.url(), "\"start\":\"earliest\"");
        publish(121, 200);
        awaitReceived(200);
        publish(201, 230);
        awaitReceived(230);
        for (int subject = 0; subject < 3; subject++)
            assertThat(arrived(subject)).isEqualTo(positions(subject, 1, 230));
        assertThat(sink.received)
                .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("ce-replay"));
    }

    /** Who watches the position would else take a subscription that has everything for one that stands still. */
    @Test
    void itsPositionGoesAlongWithWhatWasCaughtUp() {
        publish(1, 60);
        Subscription late = rig.subscribe(sink.url(), "\"start\":\"earliest\"");
        awaitReceived(60);
        await().untilAsserted(() ->
                assertThat(rig.engine.progress().of(late).position()).isEqualTo(60));
    }

    @Test
    void whatIsStillToBeCaughtUpIsNotPassed() {
        publish(1, 10);
        Subscription late = rig.subscribe(sink.url(), "\"start\":\"earliest\"");
        Lane lane = rig.engine.core().lanes().of(late);
        lane.catchUp();
        lane.admit(
                Delivery.of(late, "customers", event("/customers/1", 11), 1, null, rig.time.clock.instant()),
                1,
                rig.time.clock.instant());
        assertThat(lane.waterline().seen()).isLessThan(11);
        lane.caughtUp();
    }

    /** They are counted when the catch-up comes to them: else the cap would be spent before. */
    @Test
    void whatArrivesMeanwhileIsCountedOnce() {
        publish(1, 120);
        sink.answer(503);
        rig.subscribe(sink.url(), "\"start\":\"earliest\",\"maxevents\":125");
        await().until(() -> !rig.deliveries(State.FAILED).isEmpty());
        publish(121, 130);
        sink.answer(204);
        await().until(() -> {
            rig.pass(Duration.ofSeconds(1));
            return rig.deliveries(State.DELIVERED).size() >= 125;
        });
        assertThat(sink.ids().stream().distinct().toList()).contains("e125").doesNotContain("e126");
    }

    /** The event is on its way through the channel when the catch-up comes to its publication. */
    @Test
    void whatIsOnItsWayIsNotSentAgainWhenItArrives() {
        CountDownLatch answering = new CountDownLatch(1);
        sink.answer(request -> {
            awaitUnchecked(answering);
            return Sink.Answer.of(204);
        });
        rig.publications.keep("customers", event("/customers/1", 1));
        rig.subscribe(sink.url(), "\"start\":\"earliest\",\"ordering\":\"none\"");
        await().until(() -> {
            rig.pass(Duration.ofMillis(200));
            return sink.received.size() == 1 && !lane().catchingUp();
        });
        CompletableFuture<Void> arrived = rig.publish(event("/customers/1", 1));
        await().until(() -> arrived.isDone() || sink.received.size() > 1);
        assertThat(sink.ids()).containsExactly("e1");
        answering.countDown();
        await().until(() -> rig.deliveries(State.DELIVERED).size() == 1);
    }

    /** It has ended between the two looks at it. */
    @Test
    void whatTheCatchUpHasJustComeToIsNotSentAgain() {
        publish(1, 3);
        Subscription late = rig.subscribe(sink.url(), "\"start\":\"earliest\",\"ordering\":\"none\"");
        await().until(() -> {
            rig.pass(Duration.ofMillis(200));
            return sink.received.size() == 3 && !lane().catchingUp();
        });
        Event arriving = event("/customers/1", 4);
        rig.publications.keep("customers", arriving);
        lane().catchUp();
        rig.publications.looking = () -> rig.engine.core().recent().add(Delivery.id(late.id(), arriving, null));
        done(rig.engine.deliver("customers", arriving).toCompletableFuture());
        assertThat(lane().catchingUp()).isFalse();
        assertThat(sink.ids()).doesNotContain("e4");
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The memory of it may be gone: then its row tells. */
    @Test
    void whatIsRecordedAlreadyIsNotCountedAgainWhenItArrives() throws Exception {
        rig.close();
        rig = new Rig(stores(folder), folder, "limits.recent-deliveries=1");
        Subscription capped = rig.subscribe(sink.url(), "\"maxevents\":3");
        rig.subscriptions.status(capped.id(), new Status(Status.State.PAUSED, "paused-by-owner"));
        for (int i = 1; i <= 2; i++) done(rig.publish(event("/customers/" + i, i)));
        for (int i = 1; i <= 2; i++) done(rig.publish(event("/customers/" + i, i)));
        done(rig.publish(event("/customers/3", 3)));
        rig.subscriptions.status(capped.id(), Status.ACTIVE);
        await().untilAsserted(() -> assertThat(sink.ids()).containsExactlyInAnyOrder("e1", "e2", "e3"));
    }

    @Test
    void aSubscriptionMayBeginAtAPosition() {
        publish(1, 20);
        rig.subscribe(sink.url(), "\"start\":\"11\"");
        publish(21, 25);
        awaitReceived(15);
        for (int subject = 0; subject < 3; subject++)
            assertThat(arrived(subject)).isEqualTo(positions(subject, 11, 25));
    }

    /** Who gives up what is held does not mean the first window of it. */
    @Test
    void whatItHasNotComeToIsGivenUpWithWhatIsHeld() throws Exception {
        publish(1, 120);
        sink.answer(503);
        Subscription late = rig.subscribe(sink.url(), "\"start\":\"earliest\"");
        await().until(() -> !rig.deliveries(State.FAILED).isEmpty());
        rig.subscriptions.status(late.id(), new Status(Status.State.PAUSED, "paused-by-owner"));
        await().until(() -> rig.deliveries(State.HELD).size() == 50);
        sink.received.clear();
        sink.answer(204);
        assertThat(rig.engine.held().drop(late.id())).isEqualTo(50);
        publish(121, 122);
        rig.subscriptions.status(late.id(), Status.ACTIVE);
        publish(123, 124);
        await().until(() -> {
            rig.pass(Duration.ofMillis(200));
            return sink.received.size() >= 4;
        });
        assertThat(sink.ids()).containsExactlyInAnyOrder("e121", "e122", "e123", "e124");
        rig.crash();
        rig.open();
        publish(125, 125);
        await().until(() -> sink.received.size() >= 5);
        assertThat(sink.ids()).doesNotContain("e60");
    }

    @Test
    void nothingIsKeptOfTheCatchUpOfADeletedSubscription() throws Exception {
        publish(1, 10);
        Subscription late = rig.subscribe(sink.url(), "\"start\":\"earliest\"");
        awaitReceived(10);
        rig.sql("INSERT INTO delivery_replay SELECT 'catch-up:gone', 'gone', kind, 'done', cursor_sequence,"
                + " to_sequence, document, sent, created, updated FROM delivery_replay");
        rig.subscriptions.delete(late.id());
        await().untilAsserted(() -> assertThat(catchUps()).containsExactly("gone"));
        rig.crash();
        rig.open();
        await().untilAsserted(() -> assertThat(catchUps()).isEmpty());
    }

    private List<String> catchUps() {
        return rig.engine.core().database().read(ReplayJobs::catchUps).stream()
                .map(ReplayJobs.Job::subscription)
                .toList();
    }

    @Test
    void aCatchUpGoesOnAfterACrash() throws Exception {
        publish(1, 200);
        sink.answer(503);
        rig.subscribe(sink.url(), "\"start\":\"earliest\"");
        await().until(() -> !rig.deliveries(State.FAILED).isEmpty());
        rig.crash();
        sink.received.clear();
        sink.answer(204);
        rig.open();
        publish(201, 210);
        await().until(() -> {
            rig.pass(Duration.ofSeconds(1));
            return rig.deliveries(State.DELIVERED).size() == 210;
        });
        for (int subject = 0; subject < 3; subject++)
            assertThat(arrived(subject).stream().distinct().toList()).isEqualTo(positions(subject, 1, 210));
    }
}
