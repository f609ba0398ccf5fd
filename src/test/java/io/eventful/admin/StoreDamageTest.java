package io.eventful.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.harness.AdminClient;
import io.eventful.harness.ConsoleClient;
import io.eventful.routes.LiveGateway;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While the gateway was stopped, the disk has changed the page of the ledger that holds the change at position 60. */
class StoreDamageTest {

    private static final int PAGE = 4096;

    @TempDir
    Path folder;

    private Path data;
    private Path routes;

    @BeforeEach
    void damage() throws IOException {
        data = folder.resolve("data");
        routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("customers.yaml"), AdminRig.CUSTOMERS);
        try (LiveGateway gateway = gateway()) {
            for (int i = 1; i <= 120; i++) {
                String body = "{\"id\":" + i + ",\"note\":\"mark-" + i + "-" + "x".repeat(1500) + "\"}";
                assertThat(gateway.call("PUT", "/customers/" + i, body).statusCode())
                        .isLessThan(300);
            }
        }
        Path file = data.resolve("eventful.db");
        int at = Files.readString(file, ISO_8859_1).indexOf("mark-60-");
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at / PAGE * PAGE);
            bytes.write(new byte[PAGE]);
        }
    }

    private LiveGateway gateway() {
        return new LiveGateway(data, routes, Map.of());
    }

    @Test
    void theApiTheConsoleAndHealthNameTheRemedyAndTheRestGoesOn() {
        try (LiveGateway gateway = gateway()) {
            AdminClient admin = new AdminClient(gateway.adminAddress(), LiveGateway.KEY);
            tells(admin.call("GET", "/api/changes?limit=1000", ""));
            tells(admin.call("POST", "/api/changes/60/reversal", "{\"apply\":true}"));

            HttpResponse<String> health = admin.call("GET", "/actuator/health", "");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("\"ledger\":\"is damaged: ", "./eventful ledger verify");
            assertThat(admin.call("GET", "/actuator/prometheus", "").body())
                    .contains("eventful_store_refusing{store=\"ledger\"} 1.0");

            ConsoleClient console = new ConsoleClient(gateway.adminAddress());
            console.signIn(LiveGateway.KEY);
            HttpResponse<String> page = console.get("/console/changes/60");
            assertThat(page.statusCode()).as(page.body()).isEqualTo(500);
            assertThat(page.body())
                    .contains("Store damaged", "./eventful ledger verify")
                    .doesNotContain("Try again");

            assertThat(gateway.call("PUT", "/customers/200", "{\"id\":200}").statusCode())
                    .isLessThan(300);
            assertThat(admin.call("GET", "/api/changes/121", "").body()).contains("/customers/200");
        }
    }

    private static void tells(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(500);
        assertThat(reply.headers().firstValue("Retry-After")).isEmpty();
        assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(reply.body()).contains("Store damaged", "stop the gateway", "./eventful ledger verify");
    }
}
