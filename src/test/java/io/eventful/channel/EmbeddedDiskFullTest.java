package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventful.channel.BrokerSettings.Artemis;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.util.unit.DataSize;

/** A disk that is fuller than the embedded broker may make it: nothing more is published, and everybody is told why. */
class EmbeddedDiskFullTest {

    @TempDir
    Path folder;

    @Test
    void nothingIsPublishedAndTheReasonIsNamed() throws Exception {
        FileStore disk = Files.getFileStore(folder);
        assumeTrue(disk.getUsableSpace() < disk.getTotalSpace() * 0.95, "the disk is nearly empty");
        Artemis full = new Artemis(
                null,
                null,
                ChannelFixture.NO_PROTOCOLS,
                null,
                null,
                "artemis",
                DataSize.ofMegabytes(64),
                1,
                20_000,
                Duration.ofSeconds(10));
        BrokerSettings settings = ChannelFixture.artemis(full, ChannelFixture.consume(16, 2));
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
        try (AnnotationConfigApplicationContext store = ChannelFixture.store(folder);
                DefaultChannels channels = new DefaultChannels(
                        settings,
                        new ChannelsSettings(Map.of()),
                        ChannelFixture.publications(store),
                        kind -> new ArtemisBroker(settings, new EmbeddedArtemis(full, folder)),
                        null,
                        timer)) {
            channels.start();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(channels.conditions()).containsEntry("artemis", Broker.Condition.DISK_FULL));
            CompletableFuture<Void> sent =
                    channels.publish("c", ChannelFixture.event("/k", 1)).toCompletableFuture();
            assertThatThrownBy(() -> sent.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(ChannelUnavailableException.class)
                    .hasMessageContaining("eventful.broker.artemis.max-disk-usage");
        } finally {
            timer.shutdownNow();
        }
    }
}
