package io.eventful.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.eventful.harness.GatewayProcess;
import io.eventful.harness.RecordingSystem;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** One live minute: subscriptions with a backlog get as many webhooks as they are allowed, to 2 %. */
@Tag("long")
class RateLimitIT {

    private static final List<Integer> RATES = List.of(5, 20, 50);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int WRITERS = 8;

    @TempDir
    Path folder;

    private final Map<Integer, Queue<Long>> arrivals = new ConcurrentHashMap<>();

    @Test
    void aMinuteHoldsTheRateOfEach() throws Exception {
        HttpServer sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        for (int rate : RATES) arrivals.put(rate, new ConcurrentLinkedQueue<>());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                RecordingSystem system = new RecordingSystem(Duration.ZERO);
                GatewayProcess gateway = GatewayProcess.run(folder, system.address())) {
            sink.setExecutor(threads);
            sink.createContext("/", exchange -> {
                arrivals.get(Integer.parseInt(exchange.getRequestURI().getPath().substring(1)))
                        .add(System.nanoTime());
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            sink.start();
            List<String> ids = new ArrayList<>();
            for (int rate : RATES)
                ids.add(gateway.adminClient()
                        .subscribe(
                                URI.create(
                                        "http://127.0.0.1:" + sink.getAddress().getPort() + "/" + rate),
                                "\"config\":{\"ratelimit\":" + rate + "}")
                        .get("id")
                        .asText());
            // Everything waits before it begins: what is measured is delivery, not the speed of writes.
            for (String id : ids) gateway.adminClient().json("POST", "/api/subscriptions/" + id + "/pause", "");
            write(gateway.data(), (int) (RATES.getLast() * MINUTE.toSeconds() * 1.1));
            for (String id : ids) gateway.adminClient().json("POST", "/api/subscriptions/" + id + "/resume", "");
            await().atMost(Duration.ofMinutes(3))
                    .pollInterval(1, TimeUnit.SECONDS)
                    .until(() -> arrivals.values().stream()
                            .allMatch(all -> !all.isEmpty() && System.nanoTime() - all.peek() > MINUTE.toNanos()));
            Map<Integer, Long> counted = new TreeMap<>();
            arrivals.forEach((rate, all) -> counted.put(
                    rate,
                    all.stream()
                            .filter(at -> at - all.peek() < MINUTE.toNanos())
                            .count()));
            LoggerFactory.getLogger(RateLimitIT.class).info("delivery.rates inOneMinute={}", counted);
            counted.forEach((rate, count) -> assertThat(count.doubleValue())
                    .as(rate + " a second")
                    .isBetween(rate * 60 * 0.98, rate * 60 * 1.02));
        } finally {
            sink.stop(0);
        }
    }

    private static void write(URI gateway, int count) {
        AtomicInteger number = new AtomicInteger();
        HttpClient client = HttpClient.newHttpClient();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < WRITERS; writer++)
                writers.execute(() -> {
                    for (int n = number.incrementAndGet(); n <= count; n = number.incrementAndGet())
                        put(client, gateway.resolve("/customers/" + n), n);
                });
        }
    }

    private static void put(HttpClient client, URI item, int number) {
        client.sendAsync(
                        HttpRequest.newBuilder(item)
                                .header("Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofString("{\"marker\":\"w" + number + "\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .join();
    }
}
