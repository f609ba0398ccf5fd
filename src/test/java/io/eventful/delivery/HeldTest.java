package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import io.eventful.subscription.Status;
import io.eventful.subscription.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what a paused subscription holds. */
class HeldTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Rig rig;
    private Sink sink;
    private Subscription subscription;

    Supplier<Databases> stores(Path folder) {
        return () -> TestStores.sqlite(folder);
    }

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(stores(folder), folder);
        sink = new Sink();
        subscription = rig.subscribe(sink.url());
        rig.subscriptions.status(subscription.id(), new Status(Status.State.PAUSED, "paused-by-owner"));
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        sink.close();
    }

    /** Two subjects in turn. */
    private void hold(int count) {
        for (int i = 1; i <= count; i++)
            assertThat(rig.publish(event("/customers/" + i % 2, i))).succeedsWithin(PATIENCE);
        assertThat(rig.deliveries(State.HELD)).hasSize(count);
    }

    private void resume() {
        rig.subscriptions.status(subscription.id(), Status.ACTIVE);
    }

    /** As an import makes it. */
    @Test
    void oneThatWasNeverActiveHoldsItsEventsOverARestart() throws Exception {
        Subscription held = rig.subscriptions.create(subscription.request(), Status.PAUSED);
        rig.subscriptions.delete(subscription.id());
        subscription = held;
        hold(3);
        rig.crash();
        rig.open();
        assertThat(rig.deliveries(State.HELD)).hasSize(3);
        assertThat(sink.ids()).isEmpty();
        resume();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sink.ids()).containsExactlyInAnyOrder("e1", "e2", "e3"));
    }

    @Test
    void droppedOnesAreDeadLettersAndLaterOnesGoOn() {
        hold(20);
        assertThat(rig.engine.held().drop(subscription.id())).isEqualTo(20);
        assertThat(rig.deliveries(State.DEAD))
                .hasSize(20)
                .allSatisfy(dead -> assertThat(dead.reason()).isEqualTo("dropped"));
        resume();
        assertThat(rig.publish(event("/customers/1", 21))).succeedsWithin(PATIENCE);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sink.ids()).containsExactly("e21"));
        DeliveryRecord dead = rig.deliveries(State.DEAD).getFirst();
        rig.engine.deliveries().retry(dead.id());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sink.ids()).contains("e20"));
    }

    @Test
    void aSlowReleaseKeepsItsRateInOrderOverARestartAndEnds() throws Exception {
        hold(20);
        rig.engine.held().slow(subscription.id(), 1);
        resume();
        await().atMost(PATIENCE).until(() -> sink.received.size() == 1);
        for (int i = 2; i <= 5; i++) second(i);
        rig.close();
        rig.open();
        await().atMost(PATIENCE).until(() -> sink.received.size() >= 6);
        int before = sink.received.size();
        second(before + 1);
        while (sink.received.size() < 20) second(sink.received.size() + 1);
        List<String> odd = sink.ids().stream()
                .filter(id -> Integer.parseInt(id.substring(1)) % 2 == 1)
                .toList();
        assertThat(odd).containsExactly("e1", "e3", "e5", "e7", "e9", "e11", "e13", "e15", "e17", "e19");
        await().atMost(PATIENCE).until(() -> rig.deliveries(State.DELIVERED).size() == 20);
        rig.pass(Duration.ofSeconds(11));
        boolean over = false;
        for (int round = 1; round <= 10 && !over; round++) over = allArriveAtOnce(round);
        assertThat(over).as("its rate holds no longer").isTrue();
    }

    /** Whether events arrive although no time passes: the end of a release is noticed a little after its last event. */
    private boolean allArriveAtOnce(int round) {
        int all = sink.received.size() + 5;
        for (int i = 1; i <= 5; i++) rig.publish(event("/orders/" + i, 1000 * round + i));
        try {
            await().atMost(Duration.ofSeconds(3)).until(() -> sink.received.size() == all);
            return true;
        } catch (ConditionTimeoutException slowStill) {
            rig.pass(Duration.ofSeconds(11));
            await().atMost(PATIENCE).until(() -> sink.received.size() == all);
            return false;
        }
    }

    /** A second passes, and exactly one more arrives. */
    private void second(int expected) {
        rig.pass(Duration.ofSeconds(1));
        await().atMost(PATIENCE).until(() -> sink.received.size() >= expected);
        assertThat(sink.received).hasSize(expected);
    }

    @Test
    void afterItsLastEventASubscriptionTakesNoMore() {
        Subscription capped = rig.subscribe(sink.url(), "\"maxevents\":3");
        for (int i = 1; i <= 5; i++)
            assertThat(rig.publish(event("/customers/" + i, i))).succeedsWithin(PATIENCE);
        // A repeat of the channel counts once.
        assertThat(rig.publish(event("/customers/1", 1))).succeedsWithin(PATIENCE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sink.ids()).containsExactlyInAnyOrder("e1", "e2", "e3"));
        assertThat(rig.subscriptions.matching("customers", event("/customers/9", 9)))
                .extracting(Subscription::id)
                .doesNotContain(capped.id());
    }
}
