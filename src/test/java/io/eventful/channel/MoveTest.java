package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.channel.BrokerSettings.Kind;
import io.eventful.channel.ChannelsSettings.Channel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A channel moves from the embedded broker to another one by configuration and a restart. */
class MoveTest {

    @TempDir
    Path folder;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final InProcessBroker elsewhere = new InProcessBroker();
    private AnnotationConfigApplicationContext store;
    private StoredPublications publications;

    @BeforeEach
    void start() {
        store = ChannelFixture.store(folder);
        publications = ChannelFixture.publications(store);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
        store.close();
    }

    private DefaultChannels run(Kind kind) {
        return run(kind, Map.of());
    }

    private DefaultChannels run(Kind kind, Map<String, Channel> listed) {
        return run(kind, listed, ChannelFixture.EMBEDDED);
    }

    private DefaultChannels run(Kind kind, Map<String, Channel> listed, BrokerSettings.Artemis artemis) {
        BrokerSettings settings = new BrokerSettings(
                kind, artemis, ChannelFixture.NO_KAFKA, ChannelFixture.PUBLISH, ChannelFixture.consume(16, 2));
        Embedded embedded = new Embedded(settings, folder, new DroppedRepeats());
        DefaultChannels channels = new DefaultChannels(
                settings,
                new ChannelsSettings(listed),
                publications,
                one -> embedded.is(one) ? embedded.create() : elsewhere.connect(),
                embedded,
                timer);
        channels.start();
        return channels;
    }

    private static void publish(DefaultChannels channels, long position) {
        channels.publish("c", ChannelFixture.event("/k/" + position % 3, position))
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /** Publishes events of one subject that nobody reads yet, and ends. */
    private static void publish(DefaultChannels channels, int first, int last) {
        try (channels) {
            channels.declare("c", "a")
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
            positions(first, last).forEach(position -> send(channels, "c", position));
        }
    }

    /** What the consumer gets, in order, when it comes back and these are published. */
    private static List<Long> received(DefaultChannels channels, int first, int last) {
        List<Long> received = new CopyOnWriteArrayList<>();
        try (channels) {
            channels.consume("c", "a", event -> {
                received.add(event.position());
                return CompletableFuture.completedStage(null);
            });
            positions(first, last).forEach(position -> send(channels, "c", position));
            await().atMost(Duration.ofSeconds(30)).until(() -> received.contains((long) last));
        }
        return received;
    }

    private static List<Long> positions(int first, int last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static void send(DefaultChannels channels, String channel, long position) {
        channels.publish(channel, ChannelFixture.event("/k/1", position))
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void whatTheBrokerBeforeKeepsComesFirstAndNothingIsLeftBehind() {
        try (DefaultChannels before = run(Kind.ARTEMIS)) {
            before.declare("c", "a")
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
            for (int i = 1; i <= 30; i++) publish(before, i);
        }
        List<Long> received = new CopyOnWriteArrayList<>();
        try (DefaultChannels after = run(Kind.KAFKA)) {
            assertThat(after.conditions()).containsKeys("artemis", "kafka");
            var declared = after.declare("c", "a");
            for (int i = 31; i <= 60; i++) publish(after, i);
            CompletableFuture<Void> hold = new CompletableFuture<>();
            after.consume("c", "a", event -> {
                received.add(event.position());
                return event.position() == 30 ? hold : CompletableFuture.completedStage(null);
            });
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(received).hasSize(30));
            assertThat(received).allMatch(position -> position <= 30);
            assertThat(declared).isNotNull();
            hold.complete(null);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(received).hasSize(60));
        }
        for (int key = 0; key < 3; key++) {
            int own = key;
            assertThat(received.stream().filter(position -> position % 3 == own))
                    .isSorted();
        }
        try (DefaultChannels later = run(Kind.KAFKA)) {
            assertThat(later.conditions()).containsOnlyKeys("kafka");
        }
    }

    @Test
    void anotherDestinationAtAnotherBrokerLeavesNothingBehind() {
        publish(run(Kind.ARTEMIS), 1, 10);
        assertThat(received(run(Kind.ARTEMIS, Map.of("c", new Channel(Kind.KAFKA, "crm.c"))), 11, 20))
                .containsExactlyElementsOf(positions(1, 20));
    }

    @Test
    void anotherDestinationAtTheSameBrokerLeavesNothingBehind() {
        publish(run(Kind.ARTEMIS), 1, 10);
        assertThat(received(run(Kind.ARTEMIS, Map.of("c", new Channel(null, "crm.c"))), 11, 20))
                .containsExactlyElementsOf(positions(1, 20));
    }

    @Test
    void aDestinationThatWasGivenUpIsRemembered() {
        publish(run(Kind.ARTEMIS, Map.of("c", new Channel(null, "crm.c"))), 1, 10);
        publish(run(Kind.ARTEMIS, Map.of("c", new Channel(null, "crm.d"))), 11, 20);
        assertThat(received(run(Kind.KAFKA), 21, 30)).containsExactlyElementsOf(positions(1, 30));
    }

    @Test
    void anArtemisElsewhereInPlaceOfTheEmbeddedOneLeavesNothingBehind() {
        BrokerSettings.Artemis away = ChannelFixture.external("tcp://127.0.0.1:1", null, null);
        publish(run(Kind.ARTEMIS), 1, 10);
        DefaultChannels moved = run(Kind.ARTEMIS, Map.of(), away);
        assertThat(moved.conditions()).containsOnlyKeys("artemis", "embedded");
        assertThat(received(moved, 11, 20)).containsExactlyElementsOf(positions(1, 20));
        try (DefaultChannels later = run(Kind.ARTEMIS, Map.of(), away)) {
            assertThat(later.conditions()).containsOnlyKeys("artemis");
        }
    }

    /** Else the consumers of one channel would get the events of another one. */
    @Test
    void aDestinationThatAnotherChannelHasTakenIsLeftToIt() {
        publish(run(Kind.ARTEMIS), 1, 10);
        Map<String, Channel> taken = Map.of("c", new Channel(null, "crm.c"), "d", new Channel(null, "c"));
        try (DefaultChannels channels = run(Kind.ARTEMIS, taken)) {
            send(channels, "d", 11);
        }
        assertThat(received(run(Kind.ARTEMIS, taken), 12, 20)).containsExactlyElementsOf(positions(12, 20));
        assertThat(received(run(Kind.KAFKA), 21, 30)).containsExactlyElementsOf(positions(21, 30));
    }
}
