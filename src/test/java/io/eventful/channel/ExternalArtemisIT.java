package io.eventful.channel;

import io.eventful.channel.BrokerSettings.Artemis;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        Artemis artemis = new Artemis(
                server.url(),
                null,
                ChannelFixture.NO_PROTOCOLS,
                "user",
                "secret",
                "artemis",
                DataSize.ofMegabytes(64),
                95,
                20_000,
                Duration.ofSeconds(5));
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
