package io.eventful.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.capture.CrashSystem.Applied;
import io.eventful.capture.CrashSystem.Point;
import io.eventful.harness.AdminClient;
import io.eventful.harness.GatewayProcess;
import io.eventful.harness.WebhookReceiver;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged gateway is killed while calls stand at every point of their way: before and after the intent, after
 * sending, after the REST system has committed, before the outcome, before the reply, and while their changes are being
 * published. All points are taken at once, by calls of different items, so one kill serves them all. No change is lost, none
 * is invented, and what nobody can know is told as unknown.
 */
class CrashMatrixIT {

    private static final int ROUNDS = Integer.getInteger("eventful.crash.rounds", 2);
    /**
     * The system here is at work on nothing any more when it is asked. A look that it holds is held until the kill, however
     * long a busy machine takes until then: otherwise the call would go on without.
     */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "EVENTFUL_UPSTREAMS_DEFAULT_CREDENTIAL_BEARER", CrashSystem.TOKEN,
            "EVENTFUL_UPSTREAMS_DEFAULT_TIMEOUT", "5m",
            "EVENTFUL_CAPTURE_FETCHTIMEOUT", "5m",
            "EVENTFUL_CAPTURE_SETTLEDELAY", "300ms");

    private static final int BURST = 30;
    private static final Duration LONG = Duration.ofSeconds(60);

    /** Each look reads the whole ledger, and the gateway needs the processors. */
    private static final Duration SELDOM = Duration.ofMillis(500);

    @TempDir
    Path folder;

    private final List<Socket> clients = new ArrayList<>();

    @Test
    void aKillAtAnyPointLosesNoChangeAndInventsNone() throws Exception {
        try (CrashSystem system = new CrashSystem();
                WebhookReceiver receiver = new WebhookReceiver()) {
            GatewayProcess gateway = start(system);
            try {
                receiver.secret(gateway.adminClient()
                        .subscribe(receiver.address(), "")
                        .at("/config/secret")
                        .asText());
                for (int round = 1; round <= ROUNDS; round++) {
                    standAtEveryPoint(gateway, system, round);
                    gateway.kill();
                    system.release();
                    for (Socket client : clients) client.close();
                    gateway = start(system);
                    AdminClient admin = gateway.adminClient();
                    await().pollInterval(SELDOM).atMost(LONG).untilAsserted(() -> accounted(system, receiver, admin));
                }
                // Settling goes on behind the callers' backs: nothing more may come of it.
                AdminClient admin = gateway.adminClient();
                await().pollInterval(SELDOM)
                        .during(Duration.ofSeconds(3))
                        .atMost(LONG)
                        .untilAsserted(() -> accounted(system, receiver, admin));
                assertThat(receiver.refused()).isEmpty();
            } finally {
                gateway.close();
            }
        }
    }

    private GatewayProcess start(CrashSystem system) {
        Path data = folder.resolve("data");
        GatewayProcess gateway = GatewayProcess.launch(
                folder,
                data,
                ENVIRONMENT,
                "run",
                "--upstream",
                system.address().toString(),
                "--port",
                "0",
                "--admin-port",
                "0",
                "--data",
                data.toString(),
                "--allow-network",
                "127.0.0.0/8");
        gateway.awaitReady();
        return gateway;
    }

    private void standAtEveryPoint(GatewayProcess gateway, CrashSystem system, int round) throws Exception {
        Set<String> expected = new TreeSet<>();
        for (Point point : Point.values()) {
            if (point == Point.BEFORE_INTENT) continue;
            // What is to be deleted is in the ledger before, so that no look at it is needed.
            String item = path(point, round, "delete");
            assertThat(finished(gateway, "PUT", item, "{\"marker\":\"seed-" + point + round + "\"}"))
                    .contains(" 201 ");
        }
        system.hold();
        for (Point point : Point.values()) {
            send(gateway, "PUT", path(point, round, "put"), "{\"marker\":\"put-" + point + round + "\"}");
            if (point == Point.BEFORE_INTENT) {
                expected.add("GET " + path(point, round, "put"));
                continue;
            }
            if (point != Point.BEFORE_REPLY) expected.add("PUT " + path(point, round, "put"));
            boolean holdsPost = point != Point.BEFORE_REPLY;
            send(
                    gateway,
                    "POST",
                    "/" + point.name().toLowerCase() + "-" + round,
                    "{\"marker\":\"post-" + point + round + "\"}");
            if (holdsPost) expected.add("POST /" + point.name().toLowerCase() + "-" + round);
            if (point == Point.BEFORE_OUTCOME || point == Point.BEFORE_REPLY) continue;
            send(gateway, "DELETE", path(point, round, "delete"), "");
            expected.add("DELETE " + path(point, round, "delete"));
        }
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(new TreeSet<>(system.held())).isEqualTo(expected));
        String large = path(Point.BEFORE_REPLY, round, "put");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(gateway.adminClient().all("/api/changes?subject=" + large))
                        .as("the outcome is durable while its reply is under way")
                        .hasSize(1));
        // The kill comes while these are being published and delivered.
        for (int i = 0; i < BURST; i++)
            send(gateway, "PUT", "/burst/" + round + "-" + i, "{\"marker\":\"burst-" + round + "-" + i + "\"}");
        await().atMost(LONG)
                .until(() -> system.applied().stream()
                                .filter(one -> one.path().startsWith("/burst/" + round + "-"))
                                .count()
                        >= BURST / 2);
    }

    private static String path(Point point, int round, String name) {
        return "/" + point.name().toLowerCase() + "-" + round + "/" + name;
    }

    /** Sends a call and reads nothing. */
    private void send(GatewayProcess gateway, String method, String path, String body) throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(4_096);
        client.connect(
                new java.net.InetSocketAddress("127.0.0.1", gateway.data().getPort()));
        clients.add(client);
        client.getOutputStream()
                .write((method + " " + path + " HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\nContent-Type:"
                                + " application/json\r\nAuthorization: Bearer " + CrashSystem.TOKEN
                                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(UTF_8));
        client.getOutputStream().flush();
    }

    private String finished(GatewayProcess gateway, String method, String path, String body) throws IOException {
        send(gateway, method, path, body);
        try (Socket client = clients.removeLast()) {
            return new String(client.getInputStream().readAllBytes(), UTF_8);
        }
    }

    /** The whole verdict; throws until all is settled and delivered. */
    private static void accounted(CrashSystem system, WebhookReceiver receiver, AdminClient admin) {
        List<JsonNode> changes = admin.all("/api/changes");
        List<String> confirmed = changes.stream()
                .filter(change -> change.path("outcome").asText().equals("confirmed"))
                .map(CrashMatrixIT::key)
                .toList();
        List<String> creates = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Applied one : system.applied()) {
            if (one.method().equals("POST") && !confirmed.contains(key(one))) creates.add(parent(one.path()));
            else others.add(key(one));
        }
        assertThat(confirmed)
                .as("no change lost, none invented, none told twice")
                .containsExactlyInAnyOrderElementsOf(others);
        List<String> unknown = changes.stream()
                .filter(change -> change.path("outcome").asText().equals("unknown"))
                .map(change -> change.path("subject").asText())
                .toList();
        assertThat(unknown).as("creates of unknown fate").containsAll(creates);
        assertThat(unknown)
                .as("only creates whose replies were lost are unknown")
                .allMatch(subject -> subject.matches("/(after_intent|after_send|after_commit|before_outcome)-\\d+"));
        for (JsonNode change : changes)
            assertThat(change.path("subject").asText()).doesNotContain("before_intent");
        assertThat(receiver.events().stream()
                        .map(event -> String.valueOf(event.getExtension("position")))
                        .collect(Collectors.toSet()))
                .as("every change reached the subscriber")
                .containsExactlyInAnyOrderElementsOf(changes.stream()
                        .map(change -> change.path("position").asText())
                        .toList());
    }

    private static String key(JsonNode change) {
        String action = change.path("action").asText();
        return (action.equals("deleted") ? "deleted " : "written ")
                + change.path("subject").asText();
    }

    private static String key(Applied one) {
        return (one.method().equals("DELETE") ? "deleted " : "written ") + one.path();
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
