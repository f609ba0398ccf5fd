package io.eventful.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A client that knows nothing of the gateway, in a JVM of its own, and what it has printed of the messages it got. */
public final class StockClient implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("\\b(?:ce_id|cloudEvents_id)[:=](evt_[^,\\s]+)");

    private final Process process;
    private final Path output;

    private StockClient(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Kafka's own console consumer, from the beginning of a topic. */
    public static StockClient kafka(KafkaServer server, String topic, Path folder) {
        return start(
                KafkaServer.classpath(),
                folder,
                "org.apache.kafka.tools.consumer.ConsoleConsumer",
                "--bootstrap-server",
                server.bootstrapServers(),
                "--topic",
                topic,
                "--from-beginning",
                "--group",
                "stock-" + topic,
                "--property",
                "print.headers=true");
    }

    /** Artemis' own JMS client with a durable subscription, which it has when this returns. */
    public static StockClient artemis(int port, String topic, String user, String password, Path folder) {
        StockClient client = start(
                System.getProperty("java.class.path"),
                folder,
                ArtemisPrinter.class.getName(),
                "tcp://127.0.0.1:" + port + "?reconnectAttempts=-1&initialConnectAttempts=-1&retryInterval=200",
                topic,
                user,
                password);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(client::hasSubscribed);
        return client;
    }

    private boolean hasSubscribed() {
        String printed = printed();
        if (!process.isAlive()) throw new IllegalStateException("the client ended: " + printed);
        return printed.contains(ArtemisPrinter.SUBSCRIBED);
    }

    private static StockClient start(String classpath, Path folder, String main, String... arguments) {
        Path output = folder.resolve("stock-" + System.nanoTime());
        try {
            return new StockClient(BrokerProcess.launch(classpath, output, main, arguments), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that it has printed. */
    public String printed() {
        try {
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ids of the events that it got. */
    Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        for (Matcher id = ID.matcher(printed()); id.find(); ) ids.add(id.group(1));
        return ids;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
