package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Json;
import io.eventful.subscription.InvalidSubscriptionException;
import io.eventful.subscription.Status;
import io.eventful.subscription.Subscription;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplayTest extends ReplayRig {

    @Test
    void aReplaySendsARangeAgainMarked() {
        Subscription subscription = rig.subscribe(sink.url());
        publish(1, 30);
        sink.received.clear();
        Replay replay = rig.engine
                .replays()
                .create(subscription.id(), new ReplayWish("10", "20", List.of(), null))
                .orElseThrow();
        awaitReceived(11);
        await().until(() -> rig.engine.replays().find(replay.id()).orElseThrow().state() == Replay.State.DONE);
        assertThat(sink.received)
                .hasSize(11)
                .allSatisfy(request -> assertThat(request.headers()).containsEntry("ce-replay", replay.id()));
        for (int subject = 0; subject < 3; subject++)
            assertThat(arrived(subject)).isEqualTo(positions(subject, 10, 20));
        assertThat(rig.engine.replays().find(replay.id()).orElseThrow().sent()).isEqualTo(11);
    }

    /** Times are stored in milliseconds. */
    @Test
    void whatIsCreatedHasTheTimeThatIsFoundLater() {
        Subscription subscription = rig.subscribe(sink.url());
        rig.pass(Duration.ofNanos(1_234_567));
        Replay created = rig.engine
                .replays()
                .create(subscription.id(), new ReplayWish("0", null, List.of(), null))
                .orElseThrow();
        assertThat(rig.engine.replays().find(created.id()).orElseThrow().createdAt())
                .isEqualTo(created.createdAt());
    }

    /** What a replay sends again was delivered before: that it waits says nothing of how far the subscription is. */
    @Test
    void aReplayLeavesThePositionAlone() {
        Subscription subscription = rig.subscribe(sink.url());
        publish(1, 9);
        sink.answer(503);
        rig.engine.replays().create(subscription.id(), new ReplayWish("3", "5", List.of(), null));
        await().until(() -> rig.engine.progress().of(subscription).lag() == 3);
        assertThat(rig.engine.progress().of(subscription).position()).isEqualTo(9);
    }

    /** It would ask the store ten times a second for as long as the subscription is paused. */
    @Test
    void aFullWindowIsLookedAtSeldomWhileNothingLeavesIt() {
        Subscription subscription = rig.subscribe(sink.url());
        rig.subscriptions.status(subscription.id(), new Status(Status.State.PAUSED, "paused-by-owner"));
        publish(1, 50);
        Replay replay = replay(subscription, null, null);
        ReplayStep step = new ReplayStep(rig.engine.core(), new Retries(rig.engine.core(), lane -> {}));
        assertThat(step.run(replay.id(), Duration.ofMillis(100))).contains(Duration.ofSeconds(1));
        rig.subscriptions.status(subscription.id(), Status.ACTIVE);
        awaitReceived(100);
    }

    @Test
    void aReplayMayBeNarrowedToASubjectAndATime() {
        Subscription subscription = rig.subscribe(sink.url());
        publish(1, 6);
        rig.pass(Duration.ofHours(1));
        String from = rig.time.now().toString();
        publish(7, 12);
        sink.received.clear();
        rig.engine
                .replays()
                .create(subscription.id(), new ReplayWish(from, null, List.of("customer.updated"), "/customers/1"));
        awaitReceived(2);
        assertThat(arrived(1)).containsExactly(7, 10);
        assertThat(sink.received).hasSize(2);
    }

    private Replay replay(Subscription subscription, @Nullable String filters, @Nullable Integer rate) {
        return rig.engine
                .replays()
                .create(
                        subscription.id(),
                        new ReplayWish("0", null, List.of(), null, filters == null ? null : Json.parse(filters), rate))
                .orElseThrow();
    }

    @Test
    void aReplayMayBeFilteredAsASubscriptionIs() {
        Subscription subscription = rig.subscribe(sink.url());
        publish(1, 12);
        sink.received.clear();
        Replay replay = replay(
                subscription,
                "[{\"exact\":{\"subject\":\"/customers/1\"}},{\"data\":{\"n\":[{\"numeric\":[\">\",4]}]}}]",
                null);
        await().until(() -> {
            rig.pass(Duration.ofMillis(200));
            return rig.engine.replays().find(replay.id()).orElseThrow().state() == Replay.State.DONE;
        });
        awaitReceived(2);
        assertThat(arrived(1)).containsExactly(7, 10);
        assertThat(sink.received).hasSize(2);
        assertThatThrownBy(() -> replay(subscription, "[{\"exact\":{\"type\":7}}]", null))
                .hasMessageContaining("/filters/0/exact/type");
        assertThatThrownBy(() -> replay(subscription, null, 0)).hasMessageContaining("rate");
    }

    @Test
    void aSlowReplayTricklesAndIsListedAndCancelled() {
        Subscription subscription = rig.subscribe(sink.url());
        publish(1, 40);
        sink.received.clear();
        Replay slow = replay(subscription, null, 1);
        for (int i = 1; i <= 5; i++) {
            int expected = i;
            await().until(() -> {
                rig.pass(Duration.ZERO);
                return sink.received.size() == expected;
            });
            // The step after this one waits on the clock.
            await().until(() ->
                    rig.engine.replays().find(slow.id()).orElseThrow().sent() == expected);
            rig.pass(Duration.ofMillis(900));
            assertThat(sink.received).hasSize(expected);
            rig.pass(Duration.ofMillis(100));
        }
        Replay other = replay(subscription, "[{\"exact\":{\"subject\":\"/none\"}}]", null);
        assertThat(rig.engine.replays().cancel(slow.id()))
                .hasValueSatisfying(ended -> assertThat(ended.state()).isEqualTo(Replay.State.CANCELLED));
        await().until(() -> {
            rig.pass(Duration.ofSeconds(1));
            return rig.engine.replays().find(other.id()).orElseThrow().state() == Replay.State.DONE;
        });
        assertThat(sink.received).hasSizeLessThanOrEqualTo(6);
        assertThat(rig.engine.replays().cancel(other.id()).orElseThrow().state())
                .isEqualTo(Replay.State.DONE);
        assertThat(rig.engine.replays().cancel("rpl_unknown")).isEmpty();
        List<Replay> all = rig.engine.replays().list(subscription.id(), null, null, 10);
        assertThat(all).extracting(Replay::id).containsExactly(other.id(), slow.id());
        assertThat(rig.engine.replays().list(null, Replay.State.CANCELLED, null, 10))
                .extracting(Replay::id)
                .containsExactly(slow.id());
        assertThat(rig.engine.replays().list(null, null, other.id(), 10))
                .extracting(Replay::id)
                .containsExactly(slow.id());
    }

    /** Its subscription came later, and the events had matched nobody; the gateway crashes while some of it waits. */
    @Test
    void aReplayGoesOnAfterACrashBehindWhatWaits() throws Exception {
        publish(1, 30);
        Subscription subscription = rig.subscribe(sink.url());
        sink.answer(503);
        Replay replay = replay(subscription, null, 10);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            rig.pass(Duration.ofMillis(100));
            return rig.engine.replays().find(replay.id()).orElseThrow().sent() >= 10;
        });
        rig.crash();
        sink.received.clear();
        sink.answer(204);
        // Read slowly, so that whoever does not wait for it would go ahead of it.
        opening.set(Duration.ofMillis(200));
        rig.open();
        opening.set(Duration.ZERO);
        assertThat(rig.engine.replays().find(replay.id()).orElseThrow().state()).isEqualTo(Replay.State.RUNNING);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            rig.pass(Duration.ofMillis(100));
            return rig.engine.replays().find(replay.id()).orElseThrow().state() == Replay.State.DONE;
        });
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            rig.pass(Duration.ofMillis(200));
            return sink.ids().size() == 30;
        });
        for (int subject = 0; subject < 3; subject++)
            assertThat(arrived(subject)).isEqualTo(positions(subject, 1, 30));
        assertThat(sink.received)
                .allSatisfy(request -> assertThat(request.headers()).containsEntry("ce-replay", replay.id()));
    }

    @Test
    void whatIsNoRangeIsRefused() {
        Subscription subscription = rig.subscribe(sink.url());
        for (String[] range : new String[][] {{"yesterday", null}, {"5", "2026-01-01T00:00:00Z"}, {"5", "4"}})
            assertThatThrownBy(() -> rig.engine
                            .replays()
                            .create(subscription.id(), new ReplayWish(range[0], range[1], List.of(), null)))
                    .isInstanceOf(InvalidSubscriptionException.class);
        assertThat(rig.engine.replays().create("sub_unknown", new ReplayWish("0", null, List.of(), null)))
                .isEmpty();
    }
}
