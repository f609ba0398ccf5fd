package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The file of the deliveries is away: it is still read, and nothing is written. */
class StoreOutageTest {

    @RegisterExtension
    static final AdminRig rig = new AdminRig(AdminRig.CUSTOMERS);

    private String subscription;
    private Path file;

    @BeforeEach
    void takeAway() throws IOException {
        subscription =
                rig.admin.subscribe(rig.receiver.address(), "").path("id").asText();
        // A reader is open from now on.
        rig.admin.json("GET", "/api/replays", "");
        file = rig.folder.resolve("data").resolve("eventful-delivery.db");
        Files.move(file, away());
    }

    @AfterEach
    void bringBack() throws IOException {
        Files.move(away(), file);
        assertThat(rig.admin
                        .call("DELETE", "/api/subscriptions/" + subscription, "")
                        .statusCode())
                .isEqualTo(204);
    }

    private Path away() {
        return file.resolveSibling("away.db");
    }

    @Test
    void aWriteOfTheApiMayBeTriedAgainLater() {
        refused("/api/replays", "{\"subscription\":\"" + subscription + "\",\"from\":\"0\"}");
        refused("/api/subscriptions/" + subscription + "/pause", "");
    }

    private static void refused(String path, String body) {
        HttpResponse<String> reply = rig.admin.call("POST", path, body);
        assertThat(reply.statusCode()).as(path + reply.body()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(reply.body()).contains("Store unavailable");
    }

    @Test
    void aFormOfTheConsoleSaysSoOnAPage() {
        HttpResponse<String> reply =
                rig.console.post("/console/replays", Map.of("subscription", subscription, "from", "0"));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(503);
        assertThat(reply.body()).contains("Store unavailable", "Try again in a few seconds");
    }
}
