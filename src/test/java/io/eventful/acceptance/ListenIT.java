package io.eventful.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.harness.GatewayProcess;
import io.eventful.harness.RecordingSystem;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./eventful listen} beside a gateway, each a process of its own. */
class ListenIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final RecordingSystem system = new RecordingSystem(Duration.ZERO);
    private GatewayProcess gateway;

    @BeforeEach
    void start() {
        gateway = GatewayProcess.run(folder, system.address());
    }

    @AfterEach
    void stop() {
        gateway.close();
        system.close();
    }

    private GatewayProcess listen(String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "listen";
        arguments[1] = "--admin";
        arguments[2] = gateway.admin().toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        GatewayProcess listener = GatewayProcess.launch(folder, folder.resolve("data"), Map.of(), arguments);
        await().atMost(PATIENCE).until(() -> listener.log().contains("listening at http://127.0.0.1:"));
        return listener;
    }

    private void write(String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(
                    HttpRequest.newBuilder(gateway.data().resolve("/customers/42"))
                            .header("Content-Type", "application/json")
                            .PUT(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
    }

    private int subscriptions() {
        return gateway.adminClient()
                .json("GET", "/api/subscriptions", "")
                .path("items")
                .size();
    }

    @Test
    void asManyWebhooksAsWantedAreShownVerified() throws Exception {
        try (GatewayProcess listener = listen("--count", "2", "--filter", "prefix:subject=/customers/")) {
            write("{\"name\":\"Ada\"}");
            write("{\"name\":\"Grace\"}");

            assertThat(listener.exit()).as(listener.log()).isZero();
            assertThat(listener.log().lines().filter(line -> line.startsWith("verified  customers.")))
                    .hasSize(2)
                    .allMatch(line -> line.contains("  /customers/42  "));
            assertThat(listener.log()).contains("Ada", "Grace").doesNotContain("REFUSED");
        }
        assertThat(subscriptions()).isZero();
    }

    @Test
    void itsSubscriptionEndsWithIt() {
        try (GatewayProcess listener = listen()) {
            assertThat(subscriptions()).isOne();

            assertThat(listener.terminate()).as(listener.log()).isZero();
        }
        assertThat(subscriptions()).isZero();
    }
}
