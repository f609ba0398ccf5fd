package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.channel.Channels.Consumption;
import io.eventful.event.Event;
import io.eventful.event.Publication;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every broker behind the channels must do: with each event, and for its consumers what {@link ConsumersContract} says. */
abstract class BrokerContract extends ConsumersContract {

    @Test
    void everyPublishedEventIsReceivedUnchanged() {
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        byte[] binary = new byte[3000];
        new Random(1).nextBytes(binary);
        Event text = ChannelFixture.event(
                "/customers/1", 1, "{ \"a\" : 1.10, \"ü\":\"\uD83D\uDE00\" }".getBytes(StandardCharsets.UTF_8));
        Event blob = new Event(
                "evt_2",
                "/s",
                "customer.deleted",
                "/customers/ü",
                null,
                "application/octet-stream",
                "https://x/y",
                Map.of("position", "2", "traceparent", "00-1-2-01", "reason", "ä \"quoted\""),
                binary);
        Event empty = new Event("evt_3", "/s", "t", null, null, null, null, Map.of("position", "3"), new byte[0]);
        declare("a");
        for (Event event : List.of(text, blob, empty)) publish(event);
        channels.consume(channel, "a", into(received));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).containsExactlyInAnyOrder(text, blob, empty));
    }

    @Test
    void aLargeEventArrivesWhole() {
        byte[] data = new byte[5 << 20];
        new Random(2).nextBytes(data);
        Event large = new Event("evt_1", "/s", "t", "/big", null, "application/octet-stream", null, Map.of(), data);
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        channels.consume(channel, "a", into(received));
        publish(large);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).hasSize(1));
        assertThat(received.peek().data()).isEqualTo(data);
    }

    @Test
    void eventsOfAKeyAreReceivedOneByOneInOrderWhileKeysRunSideBySide() {
        int keys = 20;
        int each = 50;
        Map<String, List<Long>> seen = new ConcurrentHashMap<>();
        Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        channels.consume(channel, "a", event -> {
            if (underWay.computeIfAbsent(event.key(), k -> new AtomicInteger()).incrementAndGet() > 1)
                overlaps.incrementAndGet();
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            seen.computeIfAbsent(event.key(), k -> new CopyOnWriteArrayList<>()).add(event.position());
            return CompletableFuture.runAsync(
                    () -> {
                        now.decrementAndGet();
                        underWay.get(event.key()).decrementAndGet();
                    },
                    later);
        });
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (int i = 0; i < keys * each; i++)
            sent.add(channels.publish(channel, ChannelFixture.event("/k/" + i % keys, i + 1))
                    .toCompletableFuture());
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                seen.values().stream().mapToInt(List::size).sum())
                        .isEqualTo(keys * each));
        assertThat(seen.values()).allSatisfy(positions -> assertThat(positions).isSorted());
        assertThat(overlaps).hasValue(0);
        assertThat(most.get()).isGreaterThan(1);
    }

    @Test
    void whatWasNotAcknowledgedComesAgainToTheNextConsumer() throws Exception {
        ConcurrentLinkedQueue<Event> first = new ConcurrentLinkedQueue<>();
        Consumption stuck = channels.consume(channel, "a", event -> {
            first.add(event);
            return event.position() % 2 == 0 ? CompletableFuture.completedStage(null) : new CompletableFuture<>();
        });
        for (int i = 1; i <= 10; i++) publish(ChannelFixture.event("/k/" + i, i));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(first).hasSize(10));
        stuck.close();
        ConcurrentLinkedQueue<Event> second = new ConcurrentLinkedQueue<>();
        channels.consume(channel, "a", into(second));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(second).extracting(Event::position).contains(1L, 3L, 5L, 7L, 9L));
    }

    @Test
    void whatWasAcknowledgedDoesNotComeAgain() throws Exception {
        ConcurrentLinkedQueue<Event> first = new ConcurrentLinkedQueue<>();
        Consumption one = channels.consume(channel, "a", into(first));
        for (int i = 1; i <= 100; i++) publish(ChannelFixture.event("/k/" + i % 7, i));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(first).hasSize(100));
        one.close();
        ConcurrentLinkedQueue<Event> second = new ConcurrentLinkedQueue<>();
        channels.consume(channel, "a", into(second));
        publish(ChannelFixture.event("/k/1", 101));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(second).isNotEmpty());
        assertThat(second).extracting(Event::position).containsExactly(101L);
    }

    @Test
    void aRepeatIsStoredOnceAndSuppressedWhereTheBrokerOffersIt() {
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        List<Publication> heard = new CopyOnWriteArrayList<>();
        publications.listen(heard::add);
        channels.consume(channel, "a", into(received));
        publish(ChannelFixture.event("/k/1", 1));
        publish(ChannelFixture.event("/k/1", 1));
        publish(ChannelFixture.event("/k/1", 2));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(received).extracting(Event::position).contains(2L));
        assertThat(publications.after(0, 10)).hasSize(2);
        assertThat(heard).extracting(Publication::sequence).hasSize(3).isSorted();
        assertThat(heard.get(0).sequence()).isEqualTo(heard.get(1).sequence());
        if (suppressesRepeats()) assertThat(received).hasSize(2);
    }

    @Test
    void aFailingEventHoldsUpItsOwnKeyOnlyAndIsTriedAgain() {
        Map<Long, AtomicInteger> attempts = new ConcurrentHashMap<>();
        ConcurrentLinkedQueue<Long> done = new ConcurrentLinkedQueue<>();
        CompletableFuture<Void> good = new CompletableFuture<>();
        channels.consume(channel, "a", event -> {
            int attempt = attempts.computeIfAbsent(event.position(), k -> new AtomicInteger())
                    .incrementAndGet();
            if (event.position() == 1 && attempt < 3)
                return good.thenCompose(ok -> CompletableFuture.failedStage(new IllegalStateException("not yet")));
            done.add(event.position());
            if (event.position() == 3) good.complete(null);
            return CompletableFuture.completedStage(null);
        });
        publish(ChannelFixture.event("/bad", 1));
        publish(ChannelFixture.event("/bad", 2));
        publish(ChannelFixture.event("/good", 3));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(done).hasSize(3));
        assertThat(done).containsSubsequence(1L, 2L).containsSubsequence(3L, 1L);
        assertThat(attempts.get(1L)).hasValue(3);
        assertThat(attempts.get(2L)).hasValue(1);
    }

    @Test
    void anEventWaitsForWhatIsAwayHoweverLong() {
        AtomicInteger attempts = new AtomicInteger();
        channels.consume(
                channel,
                "a",
                event -> attempts.incrementAndGet() <= 6
                        ? CompletableFuture.failedStage(new ChannelUnavailableException("another broker is away"))
                        : CompletableFuture.completedStage(null));
        ConcurrentLinkedQueue<Event> dead = new ConcurrentLinkedQueue<>();
        channels.consume(channel + ".dead", "graveyard", into(dead));
        publish(ChannelFixture.event("/late", 1));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(attempts).hasValue(7));
        assertThat(dead).isEmpty();
    }

    @Test
    void anEventThatAlwaysFailsGoesToTheDeadLettersAndTheOthersGoOn() {
        ConcurrentLinkedQueue<Long> done = new ConcurrentLinkedQueue<>();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ((DefaultChannels) channels).dead().bind(registry);
        channels.consume(channel, "a", event -> {
            if (event.position() == 1) return CompletableFuture.failedStage(new IllegalStateException("poison"));
            done.add(event.position());
            return CompletableFuture.completedStage(null);
        });
        ConcurrentLinkedQueue<Event> dead = new ConcurrentLinkedQueue<>();
        channels.consume(channel + ".dead", "graveyard", into(dead));
        FunctionCounter counter = registry.get("eventful.channel.dead")
                .tags("channel", channel, "consumer", "a")
                .functionCounter();
        assertThat(counter.count()).as("the first one is an increase").isZero();
        publish(ChannelFixture.event("/bad", 1));
        publish(ChannelFixture.event("/bad", 2));
        publish(ChannelFixture.event("/good", 3));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(done).containsExactlyInAnyOrder(2L, 3L));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(dead).extracting(Event::position).containsExactly(1L));
        assertThat(counter.count()).isEqualTo(1);
    }
}
