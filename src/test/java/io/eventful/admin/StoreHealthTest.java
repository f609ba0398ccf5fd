package io.eventful.admin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever watches the gateway is told while it refuses writes, although it goes on to serve everything else. */
class StoreHealthTest {

    @RegisterExtension
    final AdminRig rig = new AdminRig(AdminRig.CUSTOMERS);

    @Test
    void aLedgerThatRefusesIsIllAndReadyUntilItCanBeWrittenAgain() throws Exception {
        assertThat(health().body())
                .contains("\"status\":\"UP\"", "\"stores\"", "\"ledger\":\"writable\"")
                .as("the disk of the data folder")
                .contains("\"path\":\"" + rig.folder.resolve("data") + "\"");
        assertThat(metrics()).contains("eventful_store_refusing{store=\"ledger\"} 0.0");
        Path data = rig.folder.resolve("data");
        Path away = rig.folder.resolve("away");
        Files.move(data, away);
        assertThat(rig.gateway.call("PUT", "/customers/1", "{\"id\":1}").statusCode())
                .isEqualTo(503);

        assertThat(health().statusCode()).isEqualTo(503);
        assertThat(health().body()).contains("\"stores\":{\"status\":\"DOWN\"", "refuses writes: ");
        assertThat(metrics()).contains("eventful_store_refusing{store=\"ledger\"} 1.0");
        assertThat(rig.page("/console")).contains("refuses writes: ");
        assertThat(rig.admin.call("GET", "/actuator/health/readiness", "").statusCode())
                .isEqualTo(200);

        Files.move(away, data);
        Awaitility.await().atMost(30, SECONDS).until(() -> health().statusCode() == 200);
        assertThat(rig.gateway.call("PUT", "/customers/1", "{\"id\":1}").statusCode())
                .isLessThan(300);
    }

    private HttpResponse<String> health() {
        return rig.admin.call("GET", "/actuator/health", "");
    }

    private String metrics() {
        return rig.admin.call("GET", "/actuator/prometheus", "").body();
    }
}
