package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.channel.BrokerSettings.Artemis;
import io.eventful.event.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;

/** The contract on an Artemis in another process, over TCP. */
class ExternalArtemisIT extends BrokerContract {

    @TempDir
    static Path broker;

    private static ArtemisProcess server;

    @BeforeAll
    static void startBroker() {
        server = ArtemisProcess.start(broker);
    }

    @AfterAll
    static void stopBroker() {
        server.close();
    }

    @Override
    BrokerSettings settings(BrokerSettings.Consume consume) {
        Artemis artemis = ChannelFixture.external(server.url(), "user", "secret");
        return ChannelFixture.artemis(artemis, consume);
    }

    @Override
    Broker broker(BrokerSettings settings, Path data) {
        return new ArtemisBroker(settings, null);
    }

    @Override
    boolean suppressesRepeats() {
        return true;
    }

    @Override
    Channels another() {
        return open(ChannelFixture.consume(256, 3));
    }

    private StockClient stranger() {
        return StockClient.artemis(server.port(), channel, "stranger", "secret", folder);
    }

    @Test
    void aKilledBrokerLosesNothingAndKeepsTheOrderOfEachKey() {
        OutageContract.killed(this, server.process(), this::stranger);
    }

    @Test
    @Tag("long")
    void aBrokerThatDoesNotAnswerForAWhileLosesNothingAndKeepsTheOrderOfEachKey() {
        OutageContract.frozen(this, server.process(), this::stranger);
    }

    /** Nothing of the address and the queues is left; what was published since is kept for its consumers all the same. */
    @Test
    void aBrokerThatLostItsDataIsGivenItsAddressesAndQueuesAgain() throws Exception {
        Path own = Files.createDirectory(folder.resolve("forgetful"));
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        try (ArtemisProcess forgetful = ArtemisProcess.start(own)) {
            Artemis artemis = ChannelFixture.external(forgetful.url(), null, null);
            BrokerSettings settings = ChannelFixture.artemis(artemis, ChannelFixture.consume(16, 3));
            DefaultChannels its = new DefaultChannels(
                    settings,
                    new ChannelsSettings(Map.of()),
                    publications,
                    kind -> new ArtemisBroker(settings, null),
                    null,
                    timer);
            open.add(its);
            its.start();
            its.declare(channel, "later").toCompletableFuture().get(1, TimeUnit.MINUTES);
            its.consume(channel, "a", into(received));
            published(its, 1);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).hasSize(1));
            forgetful.kill();
            for (String part : List.of("journal", "bindings", "paging", "large"))
                FileSystemUtils.deleteRecursively(own.resolve(part));
            forgetful.restart();
            published(its, 2);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).hasSize(2));
            ConcurrentLinkedQueue<Event> later = new ConcurrentLinkedQueue<>();
            its.consume(channel, "later", into(later));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(later).extracting(Event::position).containsExactly(2L));
        }
    }

    /** Tried again until the broker is there. */
    private void published(Channels channels, long position) {
        Event event = ChannelFixture.event("/k/1", position);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> channels.publish(channel, event)
                        .toCompletableFuture()
                        .handle((ok, failure) -> failure == null)
                        .join());
    }

    @Test
    void theStartDoesNotNeedTheBrokerAndPublishingFailsInBoundedTime() {
        BrokerSettings away = new BrokerSettings(
                BrokerSettings.Kind.ARTEMIS,
                new Artemis(
                        "tcp://127.0.0.1:" + BrokerProcess.freePort(),
                        null,
                        ChannelFixture.NO_PROTOCOLS,
                        null,
                        null,
                        "artemis",
                        DataSize.ofMegabytes(64),
                        95,
                        20_000,
                        Duration.ofSeconds(1)),
                ChannelFixture.NO_KAFKA,
                new BrokerSettings.Publish(
                        Duration.ofSeconds(1), 10, DataSize.ofMegabytes(32), DataSize.ofMegabytes(16)),
                ChannelFixture.consume(16, 2));
        assertUnavailable(away, new ArtemisBroker(away, null));
    }
}
