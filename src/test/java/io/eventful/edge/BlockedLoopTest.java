package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing blocks an event loop for 50 ms while it works. */
class BlockedLoopTest {

    private static final int CLIENTS = 8;
    private static final int CALLS = 200;

    private RecordingUpstream upstream;
    private Edge edge;

    @BeforeEach
    void start() throws IOException {
        upstream = new RecordingUpstream(RecordingUpstream.always("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        edge = new Edge(upstream.port(), "edge.limits.loop-blocked=50ms").capturing("/captured");
    }

    @AfterEach
    void stop() throws IOException {
        edge.close();
        upstream.close();
    }

    private void load() throws Exception {
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String path = i % 2 == 0 ? "/plain" : "/captured";
            clients.add(CompletableFuture.runAsync(() -> calls(path), Thread::startVirtualThread));
        }
        for (CompletableFuture<Void> client : clients) client.get(60, TimeUnit.SECONDS);
    }

    private void calls(String path) {
        String body = "x".repeat(20_000);
        try (RawClient client = new RawClient(edge.port())) {
            for (int i = 0; i < CALLS; i++) {
                client.send("PUT " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 20000\r\n\r\n" + body);
                assertThat(client.reply().status()).isEqualTo(200);
            }
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    @Test
    void loadBlocksNoLoop() throws Exception {
        try (LoopWatch watch = LoopWatch.begin()) {
            load();
            assertThat(watch.blocked()).isEmpty();
        }
    }

    @Test
    void aHandlerThatBlocksItsLoopIsNoticed() throws Exception {
        edge.routing().install(Routing.Layer.CAPTURE, head -> call -> {
            new CompletableFuture<>()
                    .completeOnTimeout(null, 400, TimeUnit.MILLISECONDS)
                    .join();
            call.proxy("default");
        });
        try (LoopWatch watch = LoopWatch.begin();
                RawClient client = new RawClient(edge.port())) {
            client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.reply().status()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(watch.blocked()).isNotEmpty());
        }
    }
}
