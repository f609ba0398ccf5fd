package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.channel.BrokerSettings.Artemis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.util.unit.DataSize;

/** What the embedded broker's memory does not hold waits on the disk, and is handed out in order. */
class EmbeddedPagingTest {

    private static final int EVENTS = 600;
    private static final int SIZE = 40_000;
    private static final int KEYS = 5;

    @TempDir
    Path folder;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private AnnotationConfigApplicationContext store;
    private DefaultChannels channels;

    @BeforeEach
    void start() {
        store = ChannelFixture.store(folder);
        Artemis small = new Artemis(
                null,
                null,
                ChannelFixture.NO_PROTOCOLS,
                null,
                null,
                "artemis",
                DataSize.ofMegabytes(8),
                100,
                20_000,
                Duration.ofSeconds(10));
        BrokerSettings settings = ChannelFixture.artemis(small, ChannelFixture.consume(16, 2));
        channels = new DefaultChannels(
                settings,
                new ChannelsSettings(Map.of()),
                ChannelFixture.publications(store),
                kind -> new ArtemisBroker(settings, new EmbeddedArtemis(small, folder)),
                null,
                timer);
        channels.start();
    }

    @AfterEach
    void stop() {
        channels.close();
        timer.shutdownNow();
        store.close();
    }

    private long paged() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("artemis/paging"))) {
            return files.filter(file -> file.toString().endsWith(".page"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void moreThanTheMemoryHoldsIsPagedAndArrivesInOrder() throws Exception {
        channels.declare("c", "a")
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (int i = 1; i <= EVENTS; i++)
            sent.add(channels.publish("c", ChannelFixture.event("/k/" + i % KEYS, i, new byte[SIZE]))
                    .toCompletableFuture());
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        // Three times the memory was published: less than half of it can be in memory.
        assertThat(paged()).isGreaterThan((long) EVENTS * SIZE / 2);
        List<Long> received = new CopyOnWriteArrayList<>();
        channels.consume("c", "a", event -> {
            received.add(event.position());
            return CompletableFuture.completedStage(null);
        });
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(received).hasSize(EVENTS));
        for (int key = 0; key < KEYS; key++) {
            int own = key;
            assertThat(received.stream().filter(position -> position % KEYS == own))
                    .isSorted();
        }
    }
}
