package io.eventful.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.eventful.harness.AdminClient;
import io.eventful.harness.GatewayProcess;
import io.eventful.harness.RecordingSystem;
import io.eventful.harness.RecordingSystem.Applied;
import io.eventful.harness.WebhookReceiver;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes go on while the gateway is killed again and again; nothing the system applied may lack its event. */
class ChaosIT {

    private static final int WRITES = 300;
    private static final int WRITERS = 8;
    private static final int KILLS = 5;

    @TempDir
    Path folder;

    private final AtomicReference<GatewayProcess> gateway = new AtomicReference<>();
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void everyWriteTheSystemAppliedHasItsEventAndNoEventSpeaksOfAnother() throws Exception {
        try (RecordingSystem system = new RecordingSystem(Duration.ofMillis(100));
                WebhookReceiver receiver = new WebhookReceiver();
                ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            gateway.set(GatewayProcess.run(folder, system.address()));
            receiver.secret(gateway.get()
                    .adminClient()
                    .subscribe(receiver.address(), "")
                    .at("/config/secret")
                    .asText());
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                writers.execute(() -> write(number));
            }
            List<Integer> inFlightAtKill = new ArrayList<>();
            for (int kill = 1; kill <= KILLS; kill++) {
                int due = kill * WRITES / (KILLS + 1);
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> made.get() >= due && system.inFlight() > 0);
                inFlightAtKill.add(system.inFlight());
                gateway.get().kill();
                gateway.set(GatewayProcess.run(folder, system.address()));
            }
            writers.shutdown();
            assertThat(writers.awaitTermination(3, TimeUnit.MINUTES)).isTrue();

            assertThat(inFlightAtKill).as("calls in flight at each kill").allMatch(count -> count > 0);
            AdminClient admin = gateway.get().adminClient();
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> accounted(system, receiver, admin));
            assertThat(receiver.refused()).isEmpty();
        } finally {
            if (gateway.get() != null) gateway.get().close();
        }
    }

    /** The whole verdict; throws until everything has arrived. */
    private static void accounted(RecordingSystem system, WebhookReceiver receiver, AdminClient admin) {
        Set<String> confirmed = new HashSet<>();
        Set<String> unknownIds = new HashSet<>();
        Set<String> unknownSubjects = new HashSet<>();
        Map<String, Integer> unknownCreates = new HashMap<>();
        for (CloudEvent event : receiver.events()) {
            if ("unknown".equals(event.getExtension("outcome"))) {
                if (!unknownIds.add(event.getId())) continue;
                if (event.getType().endsWith(".created")) unknownCreates.merge(event.getSubject(), 1, Integer::sum);
                unknownSubjects.add(event.getSubject());
            } else {
                JsonNode data = AdminClient.parse(new String(event.getData().toBytes(), StandardCharsets.UTF_8));
                confirmed.add(key(
                        data.path("action").asText(),
                        event.getSubject(),
                        data.at("/state/marker").asText()));
            }
        }
        Set<String> applied = new HashSet<>();
        Map<String, Integer> missingCreates = new HashMap<>();
        for (Applied write : system.applied()) {
            String action = switch (write.method()) {
                case "DELETE" -> "deleted";
                case "POST" -> "created";
                default -> "written";
            };
            String key = key(action, write.path(), write.marker());
            applied.add(key);
            if (confirmed.contains(key) || unknownSubjects.contains(write.path())) continue;
            assertThat(write.method()).as("no event for " + write).isEqualTo("POST");
            missingCreates.merge(write.path().replaceAll("/\\d+$", ""), 1, Integer::sum);
        }
        missingCreates.forEach((collection, missing) -> assertThat(unknownCreates.getOrDefault(collection, 0))
                .as("creates of unknown fate in " + collection)
                .isGreaterThanOrEqualTo(missing));
        assertThat(applied).as("no event of a write that was not applied").containsAll(confirmed);
        List<JsonNode> listed = admin.all("/api/changes").stream()
                .filter(change -> change.path("outcome").asText().equals("unknown"))
                .toList();
        assertThat(listed).as("ambiguous ones are listed").hasSameSizeAs(unknownIds);
    }

    private static String key(String action, String subject, String marker) {
        // A PUT may be told as created or updated; what counts is what was written.
        String kind = action.equals("deleted") ? "deleted" : "written";
        return kind + " " + subject + " " + marker;
    }

    private void write(int writer) {
        Random random = new Random(writer);
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        while (true) {
            int number = made.incrementAndGet();
            if (number > WRITES) return;
            String marker = "w" + writer + "-" + number;
            String own = "/customers/" + (1000 + writer);
            String shared = "/customers/" + (2000 + random.nextInt(3));
            String body = "{\"marker\":\"" + marker + "\"}";
            switch (random.nextInt(6)) {
                case 0, 1 -> send(client, "POST", "/customers", body);
                case 2, 3 -> send(client, "PUT", own, body);
                case 4 -> send(client, "PUT", shared, body);
                default -> send(client, "DELETE", own, "");
            }
        }
    }

    /** A write that may have been sent is never repeated; one that found no gateway waits for it. */
    private void send(HttpClient client, String method, String path, String body) {
        HttpRequest.BodyPublisher publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        while (true) {
            try {
                URI target = gateway.get().data().resolve(path);
                client.send(
                        HttpRequest.newBuilder(target)
                                .timeout(Duration.ofSeconds(30))
                                .header("Content-Type", "application/json")
                                .method(method, publisher)
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
                return;
            } catch (ConnectException e) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            } catch (IOException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
