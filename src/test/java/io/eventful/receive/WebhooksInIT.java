package io.eventful.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.eventful.event.Json;
import io.eventful.harness.AdminClient;
import io.eventful.harness.GatewayProcess;
import io.eventful.harness.JsonServer;
import io.eventful.harness.WebhookReceiver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged gateway, with official libraries on both of its sides, and killed in the middle of a burst. */
class WebhooksInIT {

    private static final String[] PACKAGES = {
        "@octokit/webhooks@14.2.0", "@octokit/webhooks-examples@7.6.1", "stripe@23.1.0", "standardwebhooks@1.1.1",
    };
    private static final Set<String> PATTERNS = Set.of("notification", "state", "change");
    private static final int BURST = Integer.getInteger("eventful.burst.events", 2_000);

    @TempDir
    Path folder;

    private static String route(String name, String options, String pattern) {
        return """
                - route:
                    id: %1$s-%3$s
                    from:
                      uri: webhook-in:/hooks/%1$s
                      parameters: {%2$s}
                      steps:
                        - transformDataType: {toType: "event:%3$s"}
                        - to: {uri: "channel:%1$s"}
                """.formatted(name, options, pattern);
    }

    private static String fanOut(String name) {
        return """
                - route:
                    id: %1$s-subscribers
                    from:
                      uri: channel:%1$s
                      steps:
                        - to: {uri: "subscribers:%1$s"}
                """.formatted(name);
    }

    private GatewayProcess gateway(String routes) throws IOException {
        Path directory = Files.createDirectories(folder.resolve("routes"));
        Files.writeString(directory.resolve("webhooks.yaml"), routes);
        return GatewayProcess.run(folder, URI.create("http://127.0.0.1:9"), "--routes", directory.toString());
    }

    private static Path senders() throws Exception {
        assumeTrue(JsonServer.available(), "npm is not installed");
        Path installed = Files.createDirectories(Path.of("target", "senders").toAbsolutePath());
        if (!Files.isDirectory(installed.resolve("node_modules/standardwebhooks"))) {
            List<String> command = new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund", "--prefix"));
            command.add(installed.toString());
            command.addAll(List.of(PACKAGES));
            Process npm = new ProcessBuilder(command)
                    .directory(installed.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(npm.waitFor(3, TimeUnit.MINUTES) && npm.exitValue() == 0)
                    .as("npm install")
                    .isTrue();
        }
        Path script = installed.resolve("send.mjs");
        Files.copy(Path.of("src/test/resources/receive/send.mjs"), script, StandardCopyOption.REPLACE_EXISTING);
        return script;
    }

    private static List<JsonNode> send(Path script, URI base) throws Exception {
        Process node = new ProcessBuilder("node", script.toString(), base.toString())
                .directory(script.getParent().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<JsonNode> sent = new ArrayList<>();
        for (String line : new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n"))
            sent.add(Json.parse(line));
        assertThat(node.waitFor(1, TimeUnit.MINUTES) && node.exitValue() == 0)
                .as("senders")
                .isTrue();
        return sent;
    }

    @Test
    void whatOfficialLibrariesSignIsKeptRenderedInThreeWaysAndDelivered() throws Exception {
        Path script = senders();
        StringBuilder routes = new StringBuilder();
        Map<String, String> options = new TreeMap<>(Map.of(
                "github", "provider: github, secret: \"It's a Secret to Everybody\"",
                "stripe", "provider: stripe, secret: whsec_of_stripe",
                "standard", "provider: standard-webhooks, secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        options.forEach((name, text) -> {
            PATTERNS.forEach(pattern -> routes.append(route(name, text, pattern)));
            routes.append(fanOut(name));
        });
        try (GatewayProcess gateway = gateway(routes.toString());
                WebhookReceiver receiver = new WebhookReceiver()) {
            AdminClient admin = gateway.adminClient();
            receiver.secret(
                    admin.subscribe(receiver.address(), "").at("/config/secret").asText());

            List<JsonNode> sent = send(script, gateway.data());

            Map<String, JsonNode> genuine = new HashMap<>();
            for (JsonNode one : sent) {
                assertThat(one.path("status").asInt())
                        .as("%s", one.path("sender"))
                        .isEqualTo(one.has("refused") ? 401 : 200);
                if (!one.has("refused")) genuine.put(one.path("id").asText(), one);
            }
            assertThat(genuine).hasSizeGreaterThan(300);
            List<JsonNode> changes = admin.all("/api/changes");
            assertThat(changes).hasSize(genuine.size());
            for (JsonNode change : changes) {
                String subject = change.path("subject").asText();
                JsonNode one = genuine.get(subject.substring(subject.lastIndexOf('/') + 1));
                assertThat(change.path("type").asText())
                        .isEqualTo(one.path("type").asText());
                assertThat(change.path("after"))
                        .isEqualTo(AdminClient.parse(one.path("body").asText()));
            }
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> receiver.events().size() >= genuine.size() * PATTERNS.size());
            Set<String> delivered = new HashSet<>();
            for (CloudEvent event : receiver.events()) {
                assertThat(event.getType())
                        .isEqualTo(genuine.get(last(event.getSubject()))
                                .path("type")
                                .asText());
                delivered.add(event.getSubject() + ' ' + event.getExtension("pattern"));
            }
            assertThat(delivered).hasSize(genuine.size() * PATTERNS.size());
            assertThat(receiver.refused()).isEmpty();
            assertThat(gateway.log()).doesNotContain("whsec_of_stripe").doesNotContain("Secret to Everybody");
            assertThat(admin.call("GET", "/api/routes", "").body()).doesNotContain("whsec_");
        }
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Test
    void noReceiptThatWasAnsweredIsLostWhenTheGatewayIsKilledInABurst() throws Exception {
        String options = "provider: bearer, secret: s, delivery: X-Id";
        String routes = route("burst", options, "state") + fanOut("burst");
        Set<String> answered = ConcurrentHashMap.newKeySet();
        AtomicInteger next = new AtomicInteger();
        AtomicReference<URI> base = new AtomicReference<>();
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            GatewayProcess gateway = gateway(routes);
            receiver.secret(gateway.adminClient()
                    .subscribe(receiver.address(), "")
                    .at("/config/secret")
                    .asText());
            base.set(gateway.data());
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            try (ExecutorService senders = Executors.newFixedThreadPool(16)) {
                for (int i = 0; i < 16; i++) senders.execute(() -> burst(client, base, next, answered));
                await().atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> answered.size() > BURST * 3 / 10);
                gateway.kill();
                gateway = gateway(routes);
                base.set(gateway.data());
                senders.shutdown();
                assertThat(senders.awaitTermination(3, TimeUnit.MINUTES)).isTrue();
            }
            try (GatewayProcess last = gateway) {
                Map<String, Integer> kept = new HashMap<>();
                for (JsonNode change : last.adminClient().all("/api/changes"))
                    kept.merge(last(change.path("subject").asText()), 1, Integer::sum);
                assertThat(answered).hasSize(BURST);
                assertThat(kept.keySet()).containsAll(answered);
                assertThat(kept.values()).allMatch(count -> count == 1);
                await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                    Set<String> delivered = new HashSet<>();
                    receiver.events().forEach(event -> delivered.add(last(event.getSubject())));
                    assertThat(delivered).containsAll(answered);
                });
            }
        }
    }

    /** Sends each delivery until it is answered with success, as senders of webhooks do. */
    private static void burst(HttpClient client, AtomicReference<URI> base, AtomicInteger next, Set<String> answered) {
        for (int number = next.getAndIncrement(); number < BURST; number = next.getAndIncrement()) {
            String id = "b" + number;
            await().atMost(Duration.ofMinutes(2))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        try {
                            HttpResponse<String> reply = client.send(
                                    HttpRequest.newBuilder(base.get().resolve("/hooks/burst"))
                                            .header("Content-Type", "application/json")
                                            .header("Authorization", "Bearer s")
                                            .header("X-Id", id)
                                            .timeout(Duration.ofSeconds(10))
                                            .POST(HttpRequest.BodyPublishers.ofString("{\"n\":\"" + id + "\"}"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString());
                            return reply.statusCode() == 200;
                        } catch (IOException killed) {
                            return false;
                        }
                    });
            answered.add(id);
        }
    }
}
