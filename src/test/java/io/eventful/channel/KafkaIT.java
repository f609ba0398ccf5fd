package io.eventful.channel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The contract on a Kafka broker (KRaft) in a JVM and on a class path of its own, which the build resolves. */
class KafkaIT extends BrokerContract {

    private static final Path CLASSPATH = Path.of("target/kafka/classpath");

    @TempDir
    static Path broker;

    private static final int PORT = BrokerProcess.freePort();
    private static final int CONTROLLER = BrokerProcess.freePort();
    private static BrokerProcess process;

    @BeforeAll
    static void startBroker() throws IOException {
        assumeTrue(Files.exists(CLASSPATH), "no Kafka artefacts: run through Maven");
        String classpath = Files.readString(CLASSPATH).strip();
        Path properties = broker.resolve("server.properties");
        Files.writeString(properties, """
                process.roles=broker,controller
                node.id=1
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                controller.quorum.voters=1@127.0.0.1:%2$d
                log.dirs=%3$s
                auto.create.topics.enable=false
                offsets.topic.num.partitions=2
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                """.formatted(PORT, CONTROLLER, broker.resolve("logs")));
        BrokerProcess.run(
                classpath,
                broker.resolve("format.log"),
                "kafka.tools.StorageTool",
                "format",
                "-t",
                Uuid.randomUuid().toString(),
                "-c",
                properties.toString());
        process =
                new BrokerProcess(classpath, broker.resolve("log"), PORT, "kafka.Kafka", properties.toString()).start();
    }

    @AfterAll
    static void stopBroker() {
        if (process != null) process.close();
    }

    @Override
    BrokerSettings settings(BrokerSettings.Consume consume) {
        return ChannelFixture.kafka("127.0.0.1:" + PORT, Map.of("session.timeout.ms", "10000"), consume);
    }

    @Override
    Broker broker(BrokerSettings settings, Path data) {
        return new KafkaBroker(settings);
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
        OutageContract.run(this, process);
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
        assertUnavailable(away, new KafkaBroker(away));
    }
}
