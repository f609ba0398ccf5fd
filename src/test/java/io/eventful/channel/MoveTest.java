package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.channel.BrokerSettings.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
        BrokerSettings artemis = ChannelFixture.artemis(ChannelFixture.EMBEDDED, ChannelFixture.consume(16, 2));
        BrokerSettings settings =
                new BrokerSettings(kind, artemis.artemis(), artemis.kafka(), artemis.publish(), artemis.consume());
        DefaultChannels channels = new DefaultChannels(
                settings,
                new ChannelsSettings(Map.of()),
                publications,
                one -> one == Kind.KAFKA
                        ? elsewhere.connect()
                        : new ArtemisBroker(settings, new EmbeddedArtemis(settings.artemis(), folder)),
                () -> EmbeddedArtemis.isKept(settings.artemis(), folder),
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
}
