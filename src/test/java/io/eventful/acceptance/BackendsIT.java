package io.eventful.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventful.channel.KafkaServer;
import io.eventful.harness.GatewayProcess;
import io.eventful.harness.RecordingSystem;
import io.eventful.harness.WebhookReceiver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same routes, with what is behind them changed by configuration alone: PostgreSQL for SQLite, Kafka for Artemis. */
class BackendsIT {

    @TempDir
    Path folder;

    @Test
    void thePathFromCallToWebhookIsTheSameOnPostgresAndKafkaAndSurvivesAKill() throws Exception {
        assumeTrue(KafkaServer.available(), "no Kafka artefacts: run through Maven");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                KafkaServer kafka = KafkaServer.start(Files.createDirectory(folder.resolve("kafka")));
                RecordingSystem system = new RecordingSystem(Duration.ZERO);
                WebhookReceiver receiver = new WebhookReceiver()) {
            Path file = Files.writeString(
                    folder.resolve("gateway.yaml"),
                    "logging: {level: {io.eventful.channel: DEBUG}}\neventful:\n  store: {url: \""
                            + postgres.getJdbcUrl("postgres", "postgres") + "\"}\n" + "  kafka: {bootstrap-servers: \""
                            + kafka.bootstrapServers() + "\"}\n");
            String[] arguments = {"--broker", "kafka", "--config", file.toString()};
            try (GatewayProcess gateway = GatewayProcess.run(folder, system.address(), arguments)) {
                receiver.secret(gateway.adminClient()
                        .subscribe(receiver.address(), "")
                        .at("/config/secret")
                        .asText());
                write(gateway, "PUT", "/customers/1", "{\"name\":\"Ada\"}");
                write(gateway, "PUT", "/customers/1", "{\"name\":\"Grace\"}");
                arrived(receiver, 2, gateway, postgres);
                gateway.kill();
            }
            try (GatewayProcess gateway = GatewayProcess.run(folder, system.address(), arguments)) {
                write(gateway, "DELETE", "/customers/1", "");
                arrived(receiver, 3, gateway, postgres);
                assertThat(gateway.adminClient().all("/api/changes")).hasSize(3);
                assertThat(gateway.terminate()).isZero();
            }
            assertThat(folder.resolve("data/eventful.db")).doesNotExist();
            assertThat(folder.resolve("data/artemis")).doesNotExist();
        }
    }

    /** At least once: after a kill an event may come again, but never a new one before an older one of its item. */
    private static void arrived(
            WebhookReceiver receiver, int count, GatewayProcess gateway, EmbeddedPostgres postgres) {
        try {
            // Less than the 45 s that the group would wait for a killed member nobody knows again.
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(firsts(receiver)).hasSize(count));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    e.getMessage() + "\nrelay: " + rows(postgres, "SELECT route, position FROM relay")
                            + "\npublication: "
                            + rows(postgres, "SELECT sequence, channel, position, type FROM publication") + "\n"
                            + gateway.log(),
                    e);
        }
        assertThat(receiver.refused()).isEmpty();
        assertThat(firsts(receiver)).isSorted();
    }

    private static List<String> rows(EmbeddedPostgres postgres, String query) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                StringJoiner row = new StringJoiner(" ");
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) row.add(rows.getString(i));
                found.add(row.toString());
            }
            return found;
        } catch (SQLException e) {
            return List.of(e.toString());
        }
    }

    private static List<String> firsts(WebhookReceiver receiver) {
        return receiver.events().stream()
                .map(event -> event.getExtension("revision").toString())
                .distinct()
                .toList();
    }

    private static void write(GatewayProcess gateway, String method, String path, String body) throws Exception {
        HttpResponse<String> reply = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(gateway.data().resolve(path))
                                .header("Content-Type", "application/json")
                                .method(
                                        method,
                                        body.isEmpty()
                                                ? HttpRequest.BodyPublishers.noBody()
                                                : HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).isBetween(200, 299);
    }
}
