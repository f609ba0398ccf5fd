package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every broker behind the channels must do for its consumers. */
abstract class ConsumersContract extends BrokerFixture {

    @Test
    void aConsumerThatComesLaterGetsLaterEventsOnly() {
        declare("early");
        publish(ChannelFixture.event("/k/1", 1));
        ConcurrentLinkedQueue<Event> late = new ConcurrentLinkedQueue<>();
        declare("late");
        channels.consume(channel, "late", into(late));
        publish(ChannelFixture.event("/k/1", 2));
        ConcurrentLinkedQueue<Event> early = new ConcurrentLinkedQueue<>();
        channels.consume(channel, "early", into(early));
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(early).extracting(Event::position).containsExactly(1L, 2L);
            assertThat(late).extracting(Event::position).containsExactly(2L);
        });
    }

    /** While the broker's thread is busy with what came before, no event overtakes the declaration before it. */
    @Test
    void whatIsPublishedRightAfterADeclarationReachesTheConsumerHoweverBusyTheBrokerIs() {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            channels.declare(channel + "-" + i, "a");
            sent.add(channels.publish(channel + "-" + i, ChannelFixture.event("/k", i))
                    .toCompletableFuture());
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        for (int i = 1; i <= 10; i++) channels.consume(channel + "-" + i, "a", into(received));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).hasSize(10));
    }

    @Test
    void consumersOfOneNameShareTheEventsAndOthersGetAllOfThem() {
        Channels other = another();
        ConcurrentLinkedQueue<Event> left = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Event> right = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Event> alone = new ConcurrentLinkedQueue<>();
        declare("shared");
        channels.consume(channel, "shared", into(left));
        other.consume(channel, "shared", into(right));
        channels.consume(channel, "alone", into(alone));
        awaitBothAssigned(left, right);
        left.clear();
        right.clear();
        for (int i = 1; i <= 200; i++) publish(ChannelFixture.event("/k/" + i % 40, 10_000 + i));
        await().atMost(PATIENCE).untilAsserted(() -> {
            Set<Long> shared = new HashSet<>();
            left.forEach(event -> shared.add(event.position()));
            right.forEach(event -> shared.add(event.position()));
            shared.removeIf(position -> position <= 10_000);
            assertThat(shared).hasSize(200);
            assertThat(alone.stream().filter(event -> event.position() > 10_000))
                    .hasSize(200);
        });
        Map<String, Set<String>> keys = new HashMap<>();
        left.forEach(
                event -> keys.computeIfAbsent(event.key(), k -> new HashSet<>()).add("left"));
        right.forEach(
                event -> keys.computeIfAbsent(event.key(), k -> new HashSet<>()).add("right"));
        assertThat(keys.values()).allSatisfy(who -> assertThat(who).hasSize(1));
        assertThat(left).isNotEmpty();
        assertThat(right).isNotEmpty();
    }

    private void awaitBothAssigned(ConcurrentLinkedQueue<Event> left, ConcurrentLinkedQueue<Event> right) {
        AtomicInteger position = new AtomicInteger();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            for (int i = 0; i < 40; i++)
                publish(ChannelFixture.event("/warm/" + position.get() % 97, position.incrementAndGet()));
            return !left.isEmpty() && !right.isEmpty();
        });
        await().atMost(PATIENCE).until(() -> left.size() + right.size() >= position.get());
    }

    @Test
    void aDeclaredConsumerMissesNothingOverARestartOfTheGateway() throws Exception {
        declare("a");
        for (int i = 1; i <= 50; i++) publish(ChannelFixture.event("/k/" + i % 5, i));
        closeChannels();
        channels = open(ChannelFixture.consume(256, 3));
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        channels.consume(channel, "a", into(received));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).hasSize(50));
        if (suppressesRepeats()) {
            publish(ChannelFixture.event("/k/1", 7));
            publish(ChannelFixture.event("/k/1", 51));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).hasSize(51));
        }
    }

    @Test
    void aFullWindowHoldsBackTheRest() throws Exception {
        closeChannels();
        channels = open(ChannelFixture.consume(8, 3));
        ConcurrentLinkedQueue<CompletableFuture<Void>> held = new ConcurrentLinkedQueue<>();
        AtomicInteger received = new AtomicInteger();
        channels.consume(channel, "a", event -> {
            received.incrementAndGet();
            CompletableFuture<Void> done = new CompletableFuture<>();
            held.add(done);
            return done;
        });
        for (int i = 1; i <= 40; i++) publish(ChannelFixture.event("/k/" + i, i));
        await().atMost(PATIENCE).untilAtomic(received, org.hamcrest.Matchers.is(8));
        await().during(Duration.ofMillis(300)).atMost(PATIENCE).untilAtomic(received, org.hamcrest.Matchers.is(8));
        await().atMost(PATIENCE).until(() -> {
            for (CompletableFuture<Void> done; (done = held.poll()) != null; ) done.complete(null);
            return received.get() == 40;
        });
    }

    /** A window is full until what it holds is done, and that may have to be published first. */
    @Test
    void aFullWindowHoldsUpNeitherOtherConsumersNorWhatIsPublished() throws Exception {
        closeChannels();
        channels = open(ChannelFixture.consume(2, 3));
        CompletableFuture<Void> release = new CompletableFuture<>();
        channels.consume(channel, "full", event -> release);
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        channels.consume(channel, "other", into(received));
        channels.consume(channel + "-next", "a", into(received));
        for (int i = 1; i <= 20; i++) publish(ChannelFixture.event("/k/" + i, i));
        channels.publish(channel + "-next", ChannelFixture.event("/k", 21))
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).hasSize(21));
        release.complete(null);
    }

    /** What follows is refused at once, and must not end the session before what is under way is acknowledged. */
    @Test
    void whatEndsWhileItsConsumerClosesDoesNotComeAgain() throws Exception {
        closeChannels();
        channels = open(ChannelFixture.consume(1, 3));
        CompletableFuture<Long> begun = new CompletableFuture<>();
        Channels.Consumption closing = channels.consume(channel, "a", event -> {
            begun.complete(event.position());
            return CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS));
        });
        for (int i = 1; i <= 10; i++) publish(ChannelFixture.event("/k/" + i, i));
        long first = begun.get(60, TimeUnit.SECONDS);
        closing.close();
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        channels.consume(channel, "a", into(received));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).hasSizeGreaterThanOrEqualTo(9));
        assertThat(received).extracting(Event::position).doesNotContain(first);
    }

    @Test
    void eventsThatHangDoNotHoldUpTheOthers() {
        CompletableFuture<Void> release = new CompletableFuture<>();
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        channels.consume(channel, "a", event -> {
            if (event.position() <= 2 * WindowSize.LEAST) return release;
            received.add(event);
            return CompletableFuture.completedFuture(null);
        });
        for (int i = 1; i <= 2 * WindowSize.LEAST + 10; i++) publish(ChannelFixture.event("/k/" + i, i));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).hasSize(10));
        release.complete(null);
    }

    @Test
    void anEventOverTheLimitIsRefusedWithTheLimitsName() {
        CompletableFuture<Void> sent = channels.publish(
                        channel, ChannelFixture.event("/k", 1, new byte[(16 << 20) + 1]))
                .toCompletableFuture();
        assertThat(sent.handle((ok, failure) -> failure).join())
                .satisfies(failure -> assertThat(failure instanceof CompletionException ? failure.getCause() : failure)
                        .hasMessageContaining("eventful.broker.publish.event-size"));
    }
}
