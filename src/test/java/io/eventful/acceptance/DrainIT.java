package io.eventful.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.harness.GatewayProcess;
import io.eventful.harness.RecordingSystem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of two gateways behind a balancer is told to end: its readiness turns first, and no request fails. */
class DrainIT {

    private static final int CLIENTS = 4;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicInteger made = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /** A server behind the balancer. */
    private record Backend(URI data, URI admin) {}

    private final List<Backend> inRotation = new CopyOnWriteArrayList<>();

    private GatewayProcess gateway(String name, RecordingSystem system) {
        Path home = folder.resolve(name);
        Path data = home.resolve("data");
        GatewayProcess started = GatewayProcess.launch(
                folder,
                data,
                Map.of("EVENTFUL_EDGE_LIMITS_GRACE", "1s"),
                "run",
                "--upstream",
                system.address().toString(),
                "--port",
                "0",
                "--admin-port",
                "0",
                "--data",
                data.toString());
        started.awaitReady();
        return started;
    }

    private int status(URI uri, String method) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher body = method.equals("GET")
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString("{\"name\":\"x\"}");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(20))
                .method(method, body)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /** As balancers do: a server whose check fails gets nothing new. */
    private void check() {
        while (!ending.get()) {
            inRotation.removeIf(backend -> {
                try {
                    return status(backend.admin().resolve("/actuator/health/readiness"), "GET") != 200;
                } catch (IOException gone) {
                    return true;
                } catch (InterruptedException interrupted) {
                    return false;
                }
            });
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private void call(int client) {
        for (int i = 0; !ending.get(); i++) {
            Backend backend = inRotation.get(i % inRotation.size());
            String method = i % 2 == 0 ? "PUT" : "GET";
            try {
                int status = status(backend.data().resolve("/customers/" + client), method);
                made.incrementAndGet();
                if (status >= 500) failures.add(method + " " + status);
            } catch (IOException | InterruptedException failure) {
                failures.add(method + " " + failure);
            }
        }
    }

    @Test
    void noRequestFailsWhenOneOfTwoEnds() throws Exception {
        try (RecordingSystem system = new RecordingSystem(Duration.ofMillis(60));
                GatewayProcess first = gateway("first", system);
                GatewayProcess second = gateway("second", system);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            Backend leaving = new Backend(first.data(), first.admin());
            inRotation.addAll(List.of(leaving, new Backend(second.data(), second.admin())));
            threads.execute(this::check);
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                threads.execute(() -> call(client));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> made.get() > 40);
            assertThat(inRotation).hasSize(2);
            assertThat(first.terminate()).as(first.log()).isZero();
            assertThat(inRotation).doesNotContain(leaving);
            int before = made.get();
            await().atMost(Duration.ofSeconds(30)).until(() -> made.get() > before + 20);
            ending.set(true);
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            assertThat(failures).isEmpty();
        }
    }
}
