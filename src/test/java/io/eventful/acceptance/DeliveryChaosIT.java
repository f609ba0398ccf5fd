package io.eventful.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.acceptance.FlakyEndpoint.Arrival;
import io.eventful.harness.GatewayProcess;
import io.eventful.harness.RecordingSystem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Endpoints fail at random while the gateway is killed (SIGKILL): every accepted change arrives at each, in order. */
class DeliveryChaosIT {

    /** Full in the nightly build: 10,000 events, 20 endpoints, ten kills. */
    private static final int WRITES = Integer.getInteger("eventful.chaos.events", 1_000);

    private static final int WRITERS = 8;
    private static final int SUBJECTS = 40;
    private static final int ENDPOINTS = Integer.getInteger("eventful.chaos.endpoints", 5);
    private static final int KILLS = Integer.getInteger("eventful.chaos.kills", 3);
    private static final Duration PATIENCE = Duration.ofSeconds(60L + WRITES * ENDPOINTS / 200L);

    @TempDir
    Path folder;

    private final AtomicReference<GatewayProcess> gateway = new AtomicReference<>();
    private final AtomicInteger made = new AtomicInteger();
    private final List<FlakyEndpoint> endpoints = new ArrayList<>();

    @AfterEach
    void close() {
        endpoints.forEach(FlakyEndpoint::close);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void everyAcceptedChangeArrivesAtEachEndpointAndEachSubjectInOrder() throws Exception {
        Path configuration = Files.writeString(folder.resolve("application.yaml"), """
            eventful:
              delivery:
                timeout: 2s
                retry-schedule: [0s, 100ms, 200ms, 300ms, 500ms, 500ms, 500ms, 1s, 1s, 1s, 2s, 2s, 2s, 5s, 5s]
            """);
        String[] arguments = {"--config", configuration.toString()};
        try (RecordingSystem system = new RecordingSystem(Duration.ofMillis(1));
                ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            gateway.set(GatewayProcess.run(folder, system.address(), arguments));
            for (int i = 0; i < ENDPOINTS; i++) {
                FlakyEndpoint endpoint = new FlakyEndpoint(i);
                endpoints.add(endpoint);
                gateway.get().adminClient().subscribe(endpoint.address(), "");
            }
            for (int writer = 0; writer < WRITERS; writer++) writers.execute(this::write);
            List<Integer> inFlightAtKill = new ArrayList<>();
            for (int kill = 1; kill <= KILLS; kill++) {
                int due = kill * WRITES / (KILLS + 1);
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> made.get() >= due && inFlight() > 0);
                inFlightAtKill.add(inFlight());
                gateway.get().kill();
                gateway.set(GatewayProcess.run(folder, system.address(), arguments));
            }
            writers.shutdown();
            assertThat(writers.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                Set<Long> accepted = accepted();
                assertThat(accepted).hasSizeGreaterThan(WRITES * 9 / 10);
                for (FlakyEndpoint endpoint : endpoints) {
                    Set<Long> lacking = new HashSet<>(accepted);
                    lacking.removeAll(endpoint.taken());
                    assertThat(lacking).as("accepted and not delivered").isEmpty();
                }
            });
            endpoints.forEach(DeliveryChaosIT::inOrder);
            LoggerFactory.getLogger(DeliveryChaosIT.class)
                    .info(
                            "delivery.chaos accepted={} arrivals={} failures={} inFlightAtKill={}",
                            accepted().size(),
                            endpoints.stream()
                                    .mapToInt(one -> one.arrivals().size())
                                    .sum(),
                            endpoints.stream().mapToInt(FlakyEndpoint::failures).sum(),
                            inFlightAtKill);
        } finally {
            if (gateway.get() != null) gateway.get().close();
        }
    }

    private int inFlight() {
        return endpoints.stream().mapToInt(FlakyEndpoint::inFlight).sum();
    }

    private Set<Long> accepted() {
        return gateway.get().adminClient().all("/api/changes").stream()
                .map(change -> change.path("position"))
                .map(JsonNode::asLong)
                .collect(Collectors.toSet());
    }

    /** The first arrivals of each subject come in the order of the ledger. */
    private static void inOrder(FlakyEndpoint endpoint) {
        Map<String, Long> last = new HashMap<>();
        Set<Long> seen = new HashSet<>();
        for (Arrival arrival : endpoint.arrivals()) {
            if (!seen.add(arrival.position())) continue;
            Long before = last.put(arrival.subject(), arrival.position());
            if (before != null)
                assertThat(arrival.position()).as(arrival.subject()).isGreaterThan(before);
        }
    }

    private void write() {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        for (int number = made.incrementAndGet(); number <= WRITES; number = made.incrementAndGet())
            send(client, "/customers/" + number % SUBJECTS, "{\"marker\":\"w" + number + "\"}");
    }

    /** A write that may have been sent is never repeated; one that found no gateway waits for it. */
    private void send(HttpClient client, String path, String body) {
        while (true) {
            try {
                client.send(
                        HttpRequest.newBuilder(gateway.get().data().resolve(path))
                                .timeout(Duration.ofSeconds(30))
                                .header("Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofString(body))
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
