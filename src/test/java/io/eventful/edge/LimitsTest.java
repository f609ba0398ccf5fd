package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private RecordingUpstream upstream;
    private Edge edge;

    @BeforeEach
    void start() throws IOException {
        upstream = new RecordingUpstream(RecordingUpstream.always(OK));
        edge = new Edge(
                        upstream.port(),
                        "edge.limits.uri=1KB",
                        "edge.limits.header=4KB",
                        "edge.limits.connections=4",
                        "edge.limits.head-timeout=400ms",
                        "edge.limits.body-timeout=400ms",
                        "edge.limits.keep-alive=400ms",
                        "edge.limits.stream-idle=400ms",
                        "edge.limits.memory=200KB",
                        "edge.limits.drain=2s")
                .capturing("/captured");
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
        edge.close();
    }

    private static void isRefused(RawClient client, int status) throws IOException {
        RawMessage reply = client.reply();
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.first("content-type")).contains("application/problem+json");
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void aTooLongUriIs414() throws IOException {
        try (RawClient client = new RawClient(edge.port())) {
            isRefused(client.send("GET /" + "x".repeat(2000) + " HTTP/1.1\r\nHost: a\r\n\r\n"), 414);
        }
        assertThat(upstream.accepted()).isZero();
    }

    @Test
    void aTooLargeHeaderIs431() throws IOException {
        try (RawClient client = new RawClient(edge.port())) {
            isRefused(client.send("GET / HTTP/1.1\r\nHost: a\r\nX-A: " + "x".repeat(5000) + "\r\n\r\n"), 431);
        }
        assertThat(upstream.accepted()).isZero();
    }

    @Test
    void aHeadThatDripsIs408HoweverOftenAByteComes() throws Exception {
        try (RawClient client = new RawClient(edge.port())) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n");
            CompletableFuture<Void> drip = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < 100; i++) {
                        client.send("X: 1\r\n");
                        new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
                    }
                } catch (IOException | InterruptedException closed) {
                    // The gateway has had enough.
                }
            });
            assertThat(client.reply().status()).isEqualTo(408);
            drip.get(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void aBodyThatStopsIs408(String path) throws IOException {
        try (RawClient client = new RawClient(edge.port())) {
            client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nx");
            isRefused(client, 408);
        }
        assertThat(upstream.seen()).isEmpty();
        await().atMost(Duration.ofSeconds(5)).until(() -> upstream.open() == 0);
    }

    @Test
    void anIdleConnectionIsClosed() throws IOException {
        try (RawClient client = new RawClient(edge.port())) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").reply().text())
                    .isEqualTo("ok");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void oneConnectionTooManyIs503() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        CountDownLatch release = new CountDownLatch(1);
        upstream.script(peer -> {
            peer.request();
            release.await();
            peer.write(OK);
        });
        for (int i = 0; i < 4; i++) {
            clients.add(new RawClient(edge.port()).send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        }
        await().until(() -> upstream.seen().size() == 4);
        try (RawClient fifth = new RawClient(edge.port())) {
            isRefused(fifth.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), 503);
        }
        release.countDown();
        for (RawClient client : clients) {
            assertThat(client.reply().text()).isEqualTo("ok");
            client.close();
        }
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            try (RawClient next = new RawClient(edge.port())) {
                assertThat(next.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                                .reply()
                                .status())
                        .isEqualTo(200);
            }
        });
    }

    @Test
    void bodiesBeyondTheMemoryOfCapturesAre503AndTheMemoryComesBack() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        upstream.script(peer -> {
            peer.request();
            release.await();
            peer.write(OK);
        });
        String large = "POST /captured HTTP/1.1\r\nHost: a\r\nContent-Length: 150000\r\n\r\n" + "x".repeat(150_000);
        try (RawClient first = new RawClient(edge.port());
                RawClient second = new RawClient(edge.port())) {
            first.send(large);
            await().until(() -> upstream.seen().size() == 1);
            second.send(large);
            assertThat(second.reply().status()).isEqualTo(503);
            release.countDown();
            assertThat(first.reply().text()).isEqualTo("ok");
        }
        // A call's share comes back just after its answer: the next one may be quicker.
        await().until(() -> {
            try (RawClient third = new RawClient(edge.port())) {
                return third.send(large).reply().text().equals("ok");
            }
        });
        assertThat(upstream.seen()).hasSize(2);
    }

    @Test
    void aReplyThatStopsIsBrokenOff() throws IOException {
        upstream.script(peer -> {
            peer.request();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx");
            peer.in().read();
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThatThrownBy(client::reply).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aTakenPortIsNamedWithTheRemedy() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            EdgeSettings settings = Bound.edge("edge.port=" + taken.getLocalPort());
            EdgeEngine engine = Bound.engine(new RoutingTable(), "edge.port=" + taken.getLocalPort());
            engine.start();
            try {
                assertThatThrownBy(new EdgeServer(engine, settings)::start)
                        .isInstanceOf(PortTakenException.class)
                        .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                        .hasMessageContaining("eventful.edge.port");
            } finally {
                engine.stop();
            }
        }
    }

    @Test
    void stoppingLetsCallsUnderWayEndAndAcceptsNoMore() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        upstream.script(peer -> {
            peer.request();
            release.await();
            peer.write(OK);
        });
        // It lets an idle connection be, and drains for longer than any machine takes here.
        try (Edge patient = new Edge(upstream.port(), "edge.limits.drain=60s");
                RawClient busy = new RawClient(patient.port());
                RawClient idle = new RawClient(patient.port())) {
            assertThat(idle.send("GET /.eventful/none HTTP/1.1\r\nHost: a\r\n\r\n")
                            .reply()
                            .status())
                    .isEqualTo(404);
            busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> upstream.seen().size() == 1);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(patient.server()::stop);
            await().untilAsserted(() -> assertThatThrownBy(() -> new RawClient(patient.port()))
                    .isInstanceOf(java.net.ConnectException.class));
            assertThat(idle.isAtEnd()).isTrue();
            assertThat(stopped).isNotDone();
            release.countDown();
            RawMessage reply = busy.reply();
            assertThat(reply.text()).isEqualTo("ok");
            assertThat(reply.first("connection")).contains("close");
            stopped.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void stoppingDoesNotWaitForEver() throws Exception {
        upstream.script(peer -> {
            peer.request();
            peer.in().read();
        });
        try (RawClient stuck = new RawClient(edge.port())) {
            stuck.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> upstream.seen().size() == 1);
            CompletableFuture.runAsync(edge.server()::stop).get(20, TimeUnit.SECONDS);
            assertThat(stuck.isAtEnd()).isTrue();
        }
    }
}
