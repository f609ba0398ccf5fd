package io.eventful.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;

/** A Kafka broker (KRaft) in a JVM and on a class path of its own, which the build resolves. */
public final class KafkaServer implements AutoCloseable {

    private static final Path CLASSPATH = Path.of("target/kafka/classpath");

    private final int port;
    private final BrokerProcess process;

    private KafkaServer(int port, BrokerProcess process) {
        this.port = port;
        this.process = process;
    }

    /** False when the build has not resolved its artefacts, as outside Maven. */
    public static boolean available() {
        return Files.exists(CLASSPATH);
    }

    /** Of the broker and its console clients. */
    static String classpath() {
        try {
            return Files.readString(CLASSPATH).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Formats a log folder and starts a broker over it; returns when the broker takes connections. */
    public static KafkaServer start(Path folder) {
        return start(folder, "PLAINTEXT", "");
    }

    /** A broker whose clients speak a security protocol, with further settings. */
    static KafkaServer start(Path folder, String protocol, String more) {
        int port = BrokerProcess.freePort();
        try {
            String classpath = classpath();
            Path properties = Files.writeString(folder.resolve("server.properties"), """
                process.roles=broker,controller
                node.id=1
                listeners=%4$s://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=%4$s://127.0.0.1:%1$d
                listener.security.protocol.map=%4$s:%4$s,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                controller.quorum.voters=1@127.0.0.1:%2$d
                log.dirs=%3$s
                auto.create.topics.enable=false
                offsets.topic.num.partitions=2
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                security.inter.broker.protocol=%4$s
                %5$s
                """.formatted(
                            port, BrokerProcess.freePort(), folder.resolve("logs"), protocol, more));
            BrokerProcess.run(
                    classpath,
                    folder.resolve("format.log"),
                    "kafka.tools.StorageTool",
                    "format",
                    "-t",
                    Uuid.randomUuid().toString(),
                    "-c",
                    properties.toString());
            BrokerProcess process =
                    new BrokerProcess(classpath, folder.resolve("log"), port, "kafka.Kafka", properties.toString());
            return new KafkaServer(port, process.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** For clients. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** SIGKILL. */
    public void kill() {
        process.kill();
    }

    /** Starts it again, after a kill. */
    public void restart() {
        process.start();
    }

    BrokerProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
