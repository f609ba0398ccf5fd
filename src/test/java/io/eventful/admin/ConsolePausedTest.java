package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A subscription whose sink has asked for a pause: every page says so, and when it goes on. */
class ConsolePausedTest {

    private static final Duration PAUSE = Duration.ofMinutes(10);

    @RegisterExtension
    static final AdminRig rig = new AdminRig(AdminRig.CUSTOMERS);

    private HttpServer busy;

    @BeforeEach
    void start() throws IOException {
        busy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        busy.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().set("Retry-After", String.valueOf(PAUSE.toSeconds()));
                exchange.sendResponseHeaders(503, -1);
            }
        });
        busy.start();
    }

    @AfterEach
    void stop() {
        busy.stop(0);
    }

    @Test
    void theOverviewCountsItAsPausedAndItsDeliveriesAreTriedAfterThePause() {
        Instant begin = Instant.now();
        URI sink = URI.create("http://127.0.0.1:" + busy.getAddress().getPort() + "/hook");
        String id = rig.admin
                .subscribe(sink, "\"config\":{\"name\":\"busy\"}")
                .get("id")
                .asText();
        rig.admin.subscribe(rig.receiver.address(), "\"types\":[\"none\"]");
        rig.gateway.call("PUT", "/customers/1", "{\"id\":1}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> rig.page("/console/subscriptions/" + id).contains("retry-after"));
        assertThat(rig.page("/console/subscriptions/" + id))
                .as("its owner has not paused it yet")
                .contains(">Pause<", ">Resume<")
                .doesNotContain("Drop what is held");
        assertThat(rig.page("/console")).contains("1 active", "1 paused").doesNotContain("2 active");

        rig.gateway.call("PUT", "/customers/2", "{\"id\":2}");
        await().atMost(Duration.ofSeconds(20)).until(() -> waiting(id).size() == 2);
        assertThat(waiting(id))
                .allSatisfy(delivery -> assertThat(
                                Instant.parse(delivery.get("nextAttempt").asText()))
                        .isAfter(begin.plus(PAUSE).minusSeconds(1)));
    }

    private static List<JsonNode> waiting(String subscription) {
        return rig.admin.all("/api/deliveries?subscription=" + subscription);
    }
}
