package io.eventful.channel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The contract on Kafka. */
class KafkaIT extends BrokerContract {

    @TempDir
    static Path folder;

    private static KafkaServer server;

    @BeforeAll
    static void startBroker() {
        assumeTrue(KafkaServer.available(), "no Kafka artefacts: run through Maven");
        server = KafkaServer.start(folder);
    }

    @AfterAll
    static void stopBroker() {
        if (server != null) server.close();
    }

    @Override
    BrokerSettings settings(BrokerSettings.Consume consume) {
        return ChannelFixture.kafka(server.bootstrapServers(), Map.of("session.timeout.ms", "10000"), consume);
    }

    @Override
    Broker broker(BrokerSettings settings, Path data) {
        return new KafkaBroker(settings, KafkaMembers.nameless());
    }

    @Override
    boolean suppressesRepeats() {
        return false;
    }

    @Override
    Channels another() {
        return open(ChannelFixture.consume(256, 3));
    }

    @Test
    void aKilledBrokerLosesNothingAndKeepsTheOrderOfEachKey() {
        OutageContract.run(this, server.process());
    }

    @Test
    void theStartDoesNotNeedTheBrokerAndPublishingFailsInBoundedTime() {
        BrokerSettings away = new BrokerSettings(
                BrokerSettings.Kind.KAFKA,
                ChannelFixture.EMBEDDED,
                new BrokerSettings.Kafka("127.0.0.1:" + BrokerProcess.freePort(), 3, (short) 1, Map.of()),
                new BrokerSettings.Publish(
                        Duration.ofSeconds(1), 10, DataSize.ofMegabytes(32), DataSize.ofMegabytes(16)),
                ChannelFixture.consume(16, 2));
        assertUnavailable(away, new KafkaBroker(away, KafkaMembers.nameless()));
    }
}
