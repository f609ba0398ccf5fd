package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.channel.Channels.Consumption;
import io.eventful.channel.Channels.Receiver;
import io.eventful.event.Event;
import io.eventful.event.Publication;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What every broker behind the channels must do. */
abstract class BrokerContract {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    /** A channel of its own for each test, as the broker may outlive it. */
    final String channel = "c" + Long.toHexString(new Random().nextLong());

    final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    final Executor later = CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS);
    AnnotationConfigApplicationContext store;
    StoredPublications publications;
    Channels channels;
    private final List<AutoCloseable> open = new ArrayList<>();

    /** Settings that name the broker under test. */
    abstract BrokerSettings settings(BrokerSettings.Consume consume);

    /** A broker under test, not yet started. */
    abstract Broker broker(BrokerSettings settings, Path data);

    /** True when a repeated event id reaches consumers once. */
    abstract boolean suppressesRepeats();

    /** Channels of another process, where the broker can be shared. */
    abstract Channels another();

    @BeforeEach
    void start() {
        store = ChannelFixture.store(folder);
        publications = ChannelFixture.publications(store);
        channels = open(ChannelFixture.consume(256, 3));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open.reversed()) each.close();
        timer.shutdownNow();
        store.close();
    }

    final Channels open(BrokerSettings.Consume consume) {
        BrokerSettings settings = settings(consume);
        DefaultChannels opened = new DefaultChannels(
                settings,
                new ChannelsSettings(Map.of()),
                publications,
                kind -> broker(settings, folder),
                () -> false,
                timer);
        opened.start();
        open.add(opened);
        return opened;
    }

    final void closeChannels() throws Exception {
        for (AutoCloseable each : open.reversed()) each.close();
        open.clear();
    }

    final void publish(Event event) {
        channels.publish(channel, event)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    final void declare(String consumer) {
        channels.declare(channel, consumer)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /** A broker that nobody runs: everything returns at once, and what waits too long or is too much fails. */
    final void assertUnavailable(BrokerSettings away, Broker broker) {
        DefaultChannels cut = new DefaultChannels(
                away, new ChannelsSettings(Map.of()), publications, kind -> broker, () -> false, timer);
        long begin = System.nanoTime();
        cut.start();
        cut.declare(channel, "a");
        cut.consume(channel, "a", event -> CompletableFuture.completedStage(null));
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (int i = 1; i <= 12; i++)
            sent.add(cut.publish(channel, ChannelFixture.event("/k", i)).toCompletableFuture());
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        for (CompletableFuture<Void> each : sent)
            assertThat(each.orTimeout(15, TimeUnit.SECONDS)
                            .handle((ok, failure) -> Failures.cause(failure))
                            .join())
                    .isInstanceOf(ChannelUnavailableException.class);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(cut.conditions().values()).containsExactly(Broker.Condition.DISCONNECTED));
        assertThat(publications.after(0, 100)).hasSize(12);
        cut.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    }

    static Receiver into(ConcurrentLinkedQueue<Event> received) {
        return event -> {
            received.add(event);
            return CompletableFuture.completedStage(null);
        };
    }

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
    void anEventThatAlwaysFailsGoesToTheDeadLettersAndTheOthersGoOn() {
        ConcurrentLinkedQueue<Long> done = new ConcurrentLinkedQueue<>();
        channels.consume(channel, "a", event -> {
            if (event.position() == 1) return CompletableFuture.failedStage(new IllegalStateException("poison"));
            done.add(event.position());
            return CompletableFuture.completedStage(null);
        });
        ConcurrentLinkedQueue<Event> dead = new ConcurrentLinkedQueue<>();
        channels.consume(channel + ".dead", "graveyard", into(dead));
        publish(ChannelFixture.event("/bad", 1));
        publish(ChannelFixture.event("/bad", 2));
        publish(ChannelFixture.event("/good", 3));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(done).containsExactlyInAnyOrder(2L, 3L));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(dead).extracting(Event::position).containsExactly(1L));
    }

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
