package io.eventful.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.channel.StockClient;
import io.eventful.harness.GatewayProcess;
import io.eventful.harness.RecordingSystem;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway is killed with the broker in it, under writes, and a plain JMS client counts what arrives. */
@Tag("long")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class EmbeddedKillIT {

    private static final Pattern LINE = Pattern.compile("subject=(\\S+) revision=(\\d+) (.*)");
    private static final Pattern MARKER = Pattern.compile("\"marker\":\"(m\\d+)\"");

    @TempDir
    Path folder;

    private final AtomicReference<GatewayProcess> gateway = new AtomicReference<>();
    private final RecordingSystem system = new RecordingSystem(Duration.ofMillis(20));

    @AfterEach
    void stop() {
        if (gateway.get() != null) gateway.get().close();
        system.close();
    }

    private void run(Path file) {
        gateway.set(GatewayProcess.run(folder, system.address(), "--config", file.toString()));
    }

    @Test
    void aStockClientGetsEveryWriteInOrderAlthoughTheGatewayIsKilledTwice() throws Exception {
        int port = freePort();
        Path file = Files.writeString(
                folder.resolve("gateway.yaml"),
                "eventful: {broker: {artemis: {user: clients, password: secret, acceptor: \"tcp://127.0.0.1:" + port
                        + "\"}}}\n");
        run(file);
        try (StockClient client = StockClient.artemis(port, "events", "clients", "secret", folder);
                SteadyWrites writes = new SteadyWrites(() -> gateway.get().data(), 50)) {
            for (int kill = 0; kill < 2; kill++) {
                passes(writes);
                gateway.get().kill();
                run(file);
            }
            passes(writes);
            writes.close();
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> {
                        Set<String> lost = new HashSet<>(writes.done());
                        for (Matcher marker = MARKER.matcher(client.printed()); marker.find(); )
                            lost.remove(marker.group(1));
                        assertThat(lost).as("writes without an event").isEmpty();
                    });
            assertOrdered(client);
        }
    }

    private static void passes(SteadyWrites writes) {
        int before = writes.done().size();
        await().atMost(Duration.ofMinutes(2)).until(() -> writes.done().size() - before >= 100);
    }

    /** Repeats may come, but what is new always comes in order, and no revision is left out. */
    private static void assertOrdered(StockClient client) {
        Map<String, Set<Integer>> revisions = new TreeMap<>();
        for (Matcher line = LINE.matcher(client.printed()); line.find(); )
            revisions
                    .computeIfAbsent(line.group(1), subject -> new LinkedHashSet<>())
                    .add(Integer.parseInt(line.group(2)));
        assertThat(revisions).isNotEmpty();
        revisions.forEach((subject, order) -> {
            List<Integer> firsts = new ArrayList<>(order);
            assertThat(firsts).as(subject).isSorted().hasSize(firsts.getLast());
        });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
