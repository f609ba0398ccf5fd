package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator relies on: numbers, an end to calls that handlers forget, and an orderly end of the port. */
class OperationTest {

    private static final String GET = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";

    private RecordingUpstream upstream;

    @BeforeEach
    void start() throws IOException {
        upstream = new RecordingUpstream(RecordingUpstream.always("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
    }

    @Test
    void aHandlerThatNeverAnswersIsAnsweredFor() throws IOException {
        try (Edge edge = new Edge(upstream.port(), "edge.limits.handler-timeout=300ms")) {
            edge.routing().install(Routing.Layer.CAPTURE, head -> switch (head.path()) {
                case "/silent" -> call -> {};
                case "/reads" -> call -> call.body(100);
                case "/forwards" -> call -> call.forward("default");
                default -> null;
            });
            for (String path : new String[] {"/silent", "/reads", "/forwards"}) {
                try (RawClient client = new RawClient(edge.port())) {
                    client.send("PUT " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
                    assertThat(client.reply().status()).as(path).isEqualTo(504);
                }
            }
        }
    }

    @Test
    void aHandlerThatWaitsForASlowUpstreamIsNotHurried() throws IOException {
        upstream.script(peer -> {
            peer.request();
            new CompletableFuture<>()
                    .completeOnTimeout(null, 900, TimeUnit.MILLISECONDS)
                    .join();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        try (Edge edge = new Edge(upstream.port(), "edge.limits.handler-timeout=300ms").capturing("/captured");
                RawClient client = new RawClient(edge.port())) {
            client.send("PUT /captured HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
            assertThat(client.reply().status()).isEqualTo(200);
        }
    }

    private static long count(Edge edge, String kind, String status) {
        Timer timer = edge.meters()
                .find("eventful.edge.requests")
                .tags("kind", kind, "status", status)
                .timer();
        return timer == null ? 0 : timer.count();
    }

    @Test
    void requestsErrorsAndConnectionsAreCounted() throws IOException {
        try (Edge edge = new Edge(upstream.port()).capturing("/captured");
                RawClient client = new RawClient(edge.port())) {
            client.send(GET).reply();
            client.send(GET).reply();
            client.send("PUT /captured HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx")
                    .reply();
            client.send("GET /.eventful/none HTTP/1.1\r\nHost: a\r\n\r\n").reply();
            assertThat(edge.meters().get("eventful.edge.connections").gauge().value())
                    .isEqualTo(1);
            assertThat(edge.meters()
                            .get("eventful.edge.upstream.errors")
                            .tags("upstream", "default", "status", "502")
                            .counter()
                            .count())
                    .as("present before the first error")
                    .isZero();
            upstream.script(peer -> {
                peer.request();
                peer.socket().close();
            });
            client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
                    .reply();
            client.send("GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").reply();
            // A request is counted when its reply has gone, which the client may see before.
            await().untilAsserted(() -> {
                assertThat(count(edge, "passed", "2xx")).isEqualTo(2);
                assertThat(count(edge, "passed", "5xx")).isEqualTo(1);
                assertThat(count(edge, "captured", "2xx")).isEqualTo(1);
                assertThat(count(edge, "own", "4xx")).isEqualTo(1);
                assertThat(count(edge, "refused", "4xx")).isEqualTo(1);
            });
            assertThat(edge.meters()
                            .get("eventful.edge.upstream.errors")
                            .tags("upstream", "default", "status", "502")
                            .counter()
                            .count())
                    .isEqualTo(1);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> edge.meters()
                                    .get("eventful.edge.connections")
                                    .gauge()
                                    .value()
                            == 0);
        }
    }

    @Test
    void thePortGoesOnForItsGraceThenCloses() throws Exception {
        try (Edge edge = new Edge(upstream.port(), "edge.limits.grace=3s")) {
            CompletableFuture<Void> stopped =
                    CompletableFuture.runAsync(() -> edge.server().stop());
            await().until(() -> !edge.server().isRunning());
            try (RawClient late = new RawClient(edge.port())) {
                RawMessage reply = late.send(GET).reply();
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.first("connection")).isEmpty();
            }
            stopped.get(30, TimeUnit.SECONDS);
            assertThatThrownBy(() -> new RawClient(edge.port()).close()).isInstanceOf(ConnectException.class);
        }
    }
}
