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
import io.eventful.subscription.Progress;
import io.eventful.subscription.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The store takes no writes for a while. */
class RefusingStoreTest extends DeliveryFixture {

    private static final Selection ALL_DEAD = new Selection(State.DEAD, null, null, List.of(), null, null, null, null);

    private final CountDownLatch slow = new CountDownLatch(1);
    private final CountDownLatch slower = new CountDownLatch(1);
    private SteeredStore store;

    @Override
    Supplier<Databases> stores(Path folder) {
        return () -> {
            store = new SteeredStore(TestStores.sqlite(folder));
            return store;
        };
    }

    @AfterEach
    void letGo() {
        slow.countDown();
        slower.countDown();
    }

    /** The sink answers two events late, and one badly. */
    private void answerByName() {
        sink.answer(request -> switch (request.id()) {
            case "slow" -> after(slow);
            case "slower" -> after(slower);
            case "failing" -> Sink.Answer.of(500);
            default -> Sink.Answer.of(204);
        });
    }

    private static Sink.Answer after(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Sink.Answer.of(204);
    }

    /** An operator is told to come again, by the exception that says so. */
    @Test
    void whatIsAskedForIsRefusedAsAnOutage() {
        Subscription subscription = rig.subscribe(sink.url());
        sink.answer(400);
        done(rig.publish(event("/customers/1", 1)));
        String dead = rig.deliveries(State.DEAD).getFirst().id();
        Replay replay = rig.engine
                .replays()
                .create(subscription.id(), ReplayWish.EVERYTHING)
                .orElseThrow();
        store.refusing = true;
        String id = subscription.id();
        refused(() -> rig.engine.deliveries().retry(dead));
        refused(() -> rig.engine.deliveries().retry(ALL_DEAD));
        refused(() -> rig.engine.replays().create(id, ReplayWish.EVERYTHING));
        refused(() -> rig.engine.replays().cancel(replay.id()));
        refused(() -> rig.engine.held().drop(id));
        refused(() -> rig.engine.held().slow(id, 1));
        refused(() -> rig.engine.held().full(id));
        refused(() -> rig.engine.held().tryNow(id));
        store.refusing = false;
        assertThat(rig.engine.deliveries().retry(dead)).isEqualTo(Deliveries.Retry.QUEUED);
    }

    /** A scrape must neither fail nor miss the other metrics. */
    @Test
    void howManyWaitIsToldAsCountedLastWhileTheStoreCannotBeRead() {
        rig.subscribe(sink.url());
        sink.answer(500);
        done(rig.publish(event("/customers/1", 1)));
        assertThat(waiting()).isEqualTo(1);
        store.unreadable = true;
        rig.pass(Duration.ofSeconds(6));
        assertThat(waiting()).isEqualTo(1);
        store.unreadable = false;
    }

    private double waiting() {
        return rig.meters.get("eventful.delivery.waiting").gauge().value();
    }

    private static void refused(Runnable wish) {
        assertThatThrownBy(wish::run).isInstanceOf(StoreUnavailableException.class);
    }

    /** Several events tell of one change, and so have its position. */
    @Test
    void oneThatCannotBeRecordedLandsAloneAndNotForAnotherOfItsPosition() {
        rig.subscribe(sink.url());
        answerByName();
        CompletableFuture<Void> inTheAir = rig.publish(event("/customers/1", 7).withId("slow"));
        await().until(() -> sink.received.size() == 1);
        store.refusing = true;
        assertThat(rig.publish(event("/customers/2", 7).withId("failing"))).failsWithin(30, TimeUnit.SECONDS);
        assertThat(lane().waterline().flights()).isEqualTo(new Progress.Position(7, 1));
        store.refusing = false;
        slow.countDown();
        done(inTheAir);
        assertThat(lane().waterline().flights().lag()).isZero();
    }

    @Test
    void oneThatCannotBeHandedOffIsStillInTheAir() {
        rig.subscribe(sink.url());
        answerByName();
        CompletableFuture<Void> first = rig.publish(event("/customers/1", 7).withId("slow"));
        CompletableFuture<Void> second = rig.publish(event("/customers/2", 7).withId("slower"));
        await().until(() -> sink.received.size() == 2);
        store.refusing = true;
        rig.pass(Duration.ofMillis(300));
        assertThat(first).failsWithin(30, TimeUnit.SECONDS);
        assertThat(second).failsWithin(30, TimeUnit.SECONDS);
        assertThat(lane().waterline().flights()).isEqualTo(new Progress.Position(7, 2));
        store.refusing = false;
        slow.countDown();
        await().until(() -> lane().waterline().flights().lag() < 2);
        assertThat(lane().waterline().flights()).isEqualTo(new Progress.Position(7, 1));
        slower.countDown();
        await().until(() -> lane().waterline().flights().lag() == 0);
    }

    /** It ends without a row, and nothing else tells the store that the next one of its subject is due. */
    @Test
    void whatWaitsBehindOneThatEndsMeanwhileGoesWhenTheStoreIsBack() {
        rig.subscribe(sink.url());
        answerByName();
        CompletableFuture<Void> first = rig.publish(event("/customers/1", 7).withId("slow"));
        await().until(() -> sink.received.size() == 1);
        done(rig.publish(event("/customers/1", 8)));
        store.refusing = true;
        slow.countDown();
        done(first);
        rig.pass(Duration.ofSeconds(3));
        store.refusing = false;
        rig.pass(Duration.ofSeconds(1));
        await().untilAsserted(() -> assertThat(sink.ids()).containsExactly("slow", "e8"));
    }

    /** It is what an endpoint is given up for, also over a crash. */
    @Test
    void sinceWhenAnEndpointFailsIsWrittenWhenTheStoreIsBack() throws Exception {
        rig.subscribe(sink.url());
        sink.answer(500);
        done(rig.publish(event("/customers/1", 1)));
        store.refusing = true;
        rig.engine.progress().save().join();
        store.refusing = false;
        rig.engine.progress().save().join();
        Instant since = lane().<@Nullable Instant>gate(Gate::failingSince);
        assertThat(since).isNotNull();
        rig.crash();
        rig.open();
        assertThat(lane().<@Nullable Instant>gate(Gate::failingSince)).isEqualTo(since);
    }

    /** Nothing else would begin it before the next event. */
    @Test
    void aCatchUpThatCannotBeginNowBeginsWhenTheStoreIsBack() {
        for (int i = 1; i <= 3; i++) done(rig.publish(event("/customers/1", i)));
        store.whenNextIsCommitted(() -> store.refusing = true);
        rig.subscribe(sink.url(), "\"start\":\"earliest\"");
        assertThat(store.refusing).isTrue();
        rig.pass(Duration.ofSeconds(3));
        store.refusing = false;
        await().untilAsserted(() -> {
            rig.pass(Duration.ofMillis(200));
            assertThat(sink.ids()).containsExactly("e1", "e2", "e3");
        });
    }

    /** The channel brings it again meanwhile: that one waits behind the attempt, and goes when it has ended. */
    @Test
    void oneThatCannotBeHandedOffIsNotOvertakenByALaterOneOfItsSubject() {
        rig.subscribe(sink.url());
        answerByName();
        CompletableFuture<Void> first = rig.publish(event("/customers/1", 7).withId("slow"));
        await().until(() -> sink.received.size() == 1);
        store.refusing = true;
        rig.pass(Duration.ofMillis(300));
        assertThat(first).failsWithin(30, TimeUnit.SECONDS);
        store.refusing = false;
        done(rig.publish(event("/customers/1", 8)));
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.deliveries(State.PENDING))
                .singleElement()
                .satisfies(later ->
                        assertThat(later.nextAttempt()).as("behind the attempt").isNull());
        slow.countDown();
        await().until(() -> rig.deliveries(State.DELIVERED).size() == 2);
        assertThat(sink.ids()).containsExactly("slow", "e8");
    }
}
