package io.eventful.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** A Kafka broker (KRaft) in a JVM of its own. */
final class KafkaNode implements AutoCloseable {

    private final int port;
    private final Child process;

    /** @param classpath of the broker */
    KafkaNode(Path folder, String classpath) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        port = Child.freePort();
        Path properties = Files.writeString(
                folder.resolve("server.properties"), """
                    process.roles=broker,controller
                    node.id=1
                    listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                    advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                    listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                    controller.listener.names=CONTROLLER
                    controller.quorum.voters=1@127.0.0.1:%2$d
                    log.dirs=%3$s
                    offsets.topic.replication.factor=1
                    offsets.topic.num.partitions=3
                    transaction.state.log.replication.factor=1
                    transaction.state.log.min.isr=1
                    group.initial.rebalance.delay.ms=0
                    """.formatted(port, Child.freePort(), folder.resolve("logs")));
        String cluster = UUID.randomUUID().toString().replace("-", "").substring(0, 22);
        Process format = new ProcessBuilder(java(
                        classpath, "kafka.tools.StorageTool", "format", "-t", cluster, "-c", properties.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("format.log").toFile())
                .start();
        if (format.waitFor() != 0) throw new IOException("Kafka's folder was not made, see " + folder);
        process = Child.start(folder, folder.resolve("log"), java(classpath, "kafka.Kafka", properties.toString()))
                .awaitPort(port);
    }

    private static List<String> java(String classpath, String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "-cp",
                classpath));
        command.addAll(List.of(arguments));
        return command;
    }

    String servers() {
        return "127.0.0.1:" + port;
    }

    long processorNanos() {
        return process.ownProcessorTime().toNanos();
    }

    @Override
    public void close() {
        process.close();
    }
}
