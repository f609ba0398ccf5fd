package io.eventful.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.eventful.harness.AdminClient;
import io.eventful.harness.GatewayProcess;
import io.eventful.harness.RecordingSystem;
import io.eventful.harness.RecordingSystem.Applied;
import io.eventful.harness.WebhookReceiver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A burst of commands before a slow system, and the gateway killed in the middle: none is lost, what must not be
 * repeated is not, and each item's writes keep their order; a view, the ledger and the system agree in the end.
 */
class CommandsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** A call of the system; {@code -Deventful.commands.slow=2000} for a slower one. */
    private static final Duration SLOW = Duration.ofMillis(Integer.getInteger("eventful.commands.slow", 500));

    private static final int WRITES = 8;
    private static final String ROUTES = """
        - route:
            id: customers
            from:
              uri: capture:/customers/{id}
              parameters: {resource: customer, commands: prefer, exposePosition: true}
              steps:
                - transformDataType: {toType: "event:state"}
                - to: {uri: "channel:customers"}
        - route:
            id: customers-view
            from:
              uri: channel:customers
              steps:
                - to: {uri: "view:customers", parameters: {access: open}}
        - route:
            id: orders
            from:
              uri: capture:/orders/{id}
              parameters: {resource: order, commands: async, queryUpstream: replica}
              steps:
                - transformDataType: {toType: "event:state"}
                - to: {uri: "channel:orders"}
        """;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path folder;

    @Test
    void aKillInTheMiddleLosesNoCommandAndRunsNoneTwice() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("routes.yaml"), ROUTES);
        Map<String, String> creates = new LinkedHashMap<>();
        List<String> puts = new ArrayList<>();
        try (RecordingSystem system = new RecordingSystem(SLOW);
                RecordingSystem replica = new RecordingSystem(Duration.ZERO);
                WebhookReceiver receiver = new WebhookReceiver()) {
            Path file = Files.writeString(
                    folder.resolve("gateway.yaml"),
                    "eventful:\n"
                            + "  upstreams:\n"
                            + "    default: {credential: {bearer: of-the-gateway}}\n"
                            + "    replica: {url: \""
                            + replica.address() + "\"}\n");
            String[] arguments = {"--routes", routes.toString(), "--config", file.toString()};
            try (GatewayProcess gateway = GatewayProcess.run(folder, system.address(), arguments)) {
                receiver.secret(gateway.adminClient()
                        .subscribe(receiver.address(), "\"config\":{\"channel\":\"eventful.commands\"}")
                        .at("/config/secret")
                        .asText());
                for (int i = 0; i < WRITES; i++) {
                    puts.add(submit(gateway, "PUT", "/customers/1", String.valueOf(i)));
                    puts.add(submit(gateway, "PUT", "/customers/2", String.valueOf(i)));
                    String marker = "order-" + i;
                    creates.put(marker, submit(gateway, "POST", "/orders", marker));
                }
                await().atMost(Duration.ofSeconds(30)).until(() -> system.inFlight() > 0);
                gateway.kill();
            }
            try (GatewayProcess gateway = GatewayProcess.run(folder, system.address(), arguments)) {
                for (String location : puts)
                    assertThat(status(gateway, location)).isEqualTo("succeeded");
                creates.forEach((marker, location) ->
                        assertThat(status(gateway, location)).as(marker).isIn("succeeded", "unknown"));
                assertThat(system.applied().stream()
                                .filter(write -> write.method().equals("POST")))
                        .extracting(Applied::marker)
                        .containsExactlyInAnyOrderElementsOf(creates.keySet());
                assertInOrder(system.applied(), "/customers/1");
                assertInOrder(system.applied(), "/customers/2");
                List<String> all = new ArrayList<>(puts);
                all.addAll(creates.values());
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(receiver.events())
                                .extracting(CloudEvent::getSubject)
                                .containsAll(all));
                assertThat(receiver.events())
                        .extracting(CloudEvent::getType)
                        .containsOnly("command.succeeded", "command.unknown")
                        .contains("command.succeeded");
                assertThat(gateway.adminClient().all("/api/commands")).hasSize(all.size());
                assertAgreed(gateway, system, puts.getLast());
                assertReadsGoTo(replica, gateway);
            }
        }
    }

    /** The view has the last write; and what changes behind the gateway's back, once it is looked at. */
    private void assertAgreed(GatewayProcess gateway, RecordingSystem system, String last) throws Exception {
        String position =
                command(gateway, last).at("/response/headers/eventful-position").asText();
        String view = "/.eventful/views/customers/2";
        HttpResponse<String> read = client.send(
                request(gateway, view)
                        .header("Eventful-Min-Position", position)
                        .header("Prefer", "wait=30")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(read.body()).isEqualTo("{\"marker\":\"" + (WRITES - 1) + "\"}");

        AdminClient admin = gateway.adminClient();
        assertThat(admin.json("GET", "/api/consistency?resource=customer", "").path("same"))
                .hasToString("2");
        client.send(
                HttpRequest.newBuilder(system.address().resolve("/customers/2"))
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"marker\":\"behind\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(admin.json("GET", "/api/consistency?resource=customers&sample=10", "")
                        .at("/differences/0/subject")
                        .asText())
                .isEqualTo("/customers/2");
        assertThat(admin.json("GET", "/api/consistency?resource=customer&repair=true", "")
                        .path("repaired"))
                .hasToString("1");
        assertThat(admin.all("/api/changes").getLast().path("type").asText()).isEqualTo("customer.drifted");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(get(gateway, view)).isEqualTo("{\"marker\":\"behind\"}"));
        assertThat(admin.json("GET", "/api/consistency?resource=customer", "").path("same"))
                .hasToString("2");
    }

    private void assertReadsGoTo(RecordingSystem replica, GatewayProcess gateway) throws Exception {
        client.send(
                HttpRequest.newBuilder(replica.address().resolve("/orders/of-the-replica"))
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"marker\":\"replica\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(get(gateway, "/orders/of-the-replica")).isEqualTo("{\"marker\":\"replica\"}");
    }

    private String get(GatewayProcess gateway, String path) throws Exception {
        return client.send(request(gateway, path).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Every write of an item was applied, and none before an earlier one; only the one that was cut off may repeat. */
    private static void assertInOrder(List<Applied> applied, String path) {
        List<Integer> markers = applied.stream()
                .filter(write -> write.path().equals(path))
                .map(write -> Integer.valueOf(write.marker()))
                .toList();
        assertThat(markers).isSorted();
        assertThat(markers.stream().distinct())
                .containsExactlyElementsOf(IntStream.range(0, WRITES).boxed().toList());
        assertThat(markers).hasSizeLessThanOrEqualTo(WRITES + 1);
    }

    private String submit(GatewayProcess gateway, String method, String path, String marker) throws Exception {
        HttpResponse<String> reply = client.send(
                request(gateway, path)
                        .header("Content-Type", "application/json")
                        .header("Prefer", "respond-async")
                        .method(method, HttpRequest.BodyPublishers.ofString("{\"marker\":\"" + marker + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
        return reply.headers().firstValue("Location").orElseThrow();
    }

    private String status(GatewayProcess gateway, String location) {
        return command(gateway, location).path("status").asText();
    }

    private JsonNode command(GatewayProcess gateway, String location) {
        try {
            HttpResponse<String> reply = client.send(
                    request(gateway, location).header("Prefer", "wait=30").build(),
                    HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(reply.body());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder request(GatewayProcess gateway, String path) {
        return HttpRequest.newBuilder(URI.create(gateway.data() + path))
                .header("Authorization", "Bearer of-a-caller")
                .timeout(Duration.ofSeconds(60));
    }
}
