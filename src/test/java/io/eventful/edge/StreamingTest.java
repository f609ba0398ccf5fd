package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamingTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private RecordingUpstream upstream;
    private Edge edge;

    @BeforeEach
    void start() throws IOException {
        upstream = new RecordingUpstream(RecordingUpstream.always(OK));
        edge = new Edge(upstream.port()).capturing("/captured");
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
        edge.close();
    }

    @Test
    void aServerSentEventArrivesAtOnce() throws Exception {
        BlockingQueue<Long> writes = new LinkedBlockingQueue<>();
        CountDownLatch go = new CountDownLatch(1);
        upstream.script(peer -> {
            peer.request();
            peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            go.await();
            for (int i = 0; i < 20; i++) {
                writes.add(System.nanoTime());
                peer.write("9\r\ndata: " + (i % 10) + "\n\n\r\n");
                // Events far enough apart that none travels with the next.
                peer.socket().setSoTimeout(10);
                try {
                    peer.in().read();
                } catch (java.net.SocketTimeoutException pause) {
                    continue;
                }
            }
            peer.write("0\r\n\r\n");
            peer.socket().close();
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(RawMessage.line(client.in())).isEqualTo("HTTP/1.1 200 OK");
            while (!RawMessage.line(client.in()).isEmpty()) {}
            go.countDown();
            int inTime = 0;
            for (int i = 0; i < 20; i++) {
                assertThat(RawMessage.line(client.in())).isEqualTo("9");
                long late = System.nanoTime() - writes.take();
                if (late < Duration.ofMillis(50).toNanos()) inTime++;
                client.in().readNBytes(11);
            }
            // A busy machine may delay a few; a gateway that holds events back delays all.
            assertThat(inTime).isGreaterThan(14);
        }
    }

    @Test
    void aSlowReaderHoldsTheUpstreamBack() throws Exception {
        AtomicLong written = new AtomicLong();
        byte[] piece = new byte[64 * 1024];
        upstream.script(peer -> {
            peer.request();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
            for (int i = 0; i < 16_384; i++) {
                peer.out().write(piece);
                written.addAndGet(piece.length);
            }
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
            awaitStandstill(written);
            assertThat(written.get()).isLessThan(64L << 20);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> upstream.open() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void aSlowUpstreamHoldsTheWriterBack(String path) throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        long size = 64L << 20;
        upstream.script(peer -> {
            while (!RawMessage.line(peer.in()).isEmpty()) {}
            read.await();
            long left = size;
            byte[] into = new byte[1 << 16];
            while (left > 0) left -= peer.in().read(into, 0, (int) Math.min(into.length, left));
            peer.write(OK);
        });
        AtomicLong written = new AtomicLong();
        try (RawClient client = new RawClient(edge.port())) {
            client.socket().setSoTimeout(30_000);
            client.send("PUT " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + size + "\r\n\r\n");
            byte[] piece = new byte[64 * 1024];
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                try {
                    for (long left = size; left > 0; left -= piece.length) {
                        client.out().write(piece);
                        written.addAndGet(piece.length);
                    }
                } catch (IOException broken) {
                    throw new java.io.UncheckedIOException(broken);
                }
            });
            awaitStandstill(written);
            assertThat(written.get()).isLessThan(size / 2);
            read.countDown();
            writer.get(30, TimeUnit.SECONDS);
            assertThat(client.reply().text()).isEqualTo("ok");
        }
    }

    private static void awaitStandstill(AtomicLong count) {
        long[] last = {-1};
        await().pollInterval(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    long now = count.get();
                    boolean still = now > 0 && now == last[0];
                    last[0] = now;
                    return still;
                });
    }

    @Test
    void theUpstreamsContinueReachesTheClientBeforeItSendsItsBody() throws Exception {
        CountDownLatch head = new CountDownLatch(1);
        upstream.script(peer -> {
            StringBuilder lines = new StringBuilder();
            for (String line = RawMessage.line(peer.in()); !line.isEmpty(); line = RawMessage.line(peer.in())) {
                lines.append(line).append('\n');
            }
            assertThat(lines).contains("Expect: 100-continue");
            head.await();
            peer.write("HTTP/1.1 100 Continue\r\n\r\n");
            String body = new String(peer.in().readNBytes(4));
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + body);
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("PUT /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            client.socket().setSoTimeout(300);
            try {
                client.in().read();
                throw new AssertionError("the gateway spoke before the upstream");
            } catch (java.net.SocketTimeoutException silence) {
                head.countDown();
            }
            client.socket().setSoTimeout(5_000);
            assertThat(client.reply().startLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(client.send("body").reply().text()).isEqualTo("body");
        }
    }

    @Test
    void aCapturedCallIsToldToContinueAndItsExpectationGoesOn() throws Exception {
        upstream.script(peer -> {
            while (!RawMessage.line(peer.in()).isEmpty()) {}
            peer.write("HTTP/1.1 100 Continue\r\n\r\n");
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"
                    + new String(peer.in().readNBytes(4)));
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("PUT /captured HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.reply().startLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(client.send("body").reply().text()).isEqualTo("body");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void anUpstreamThatIgnoresTheExpectationGetsTheBodyAllTheSame(String path) throws Exception {
        try (RawClient client = new RawClient(edge.port())) {
            client.send(
                    "PUT " + path + " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\nbody");
            RawMessage reply = client.reply();
            if (reply.isInterim()) reply = client.reply();
            assertThat(reply.text()).isEqualTo("ok");
        }
        assertThat(upstream.seen().getFirst().text()).isEqualTo("body");
    }

    @Test
    void aRefusedExpectationReachesTheClientWithoutABody() throws Exception {
        upstream.script(peer -> {
            while (!RawMessage.line(peer.in()).isEmpty()) {}
            peer.write("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("PUT /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.reply().status()).isEqualTo(417);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void earlyHintsPass() throws Exception {
        upstream.script(peer -> {
            peer.request();
            peer.write("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" + OK);
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
            RawMessage hints = client.reply();
            assertThat(hints.status()).isEqualTo(103);
            assertThat(hints.headers()).contains("Link: </a.css>; rel=preload");
            assertThat(client.reply().text()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void aClosedReplyWithoutALengthArrivesWhole(String path) throws Exception {
        upstream.script(peer -> {
            peer.request();
            peer.write("HTTP/1.1 200 OK\r\n\r\nuntil the end");
            peer.socket().close();
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.reply().text()).isEqualTo("until the end");
        }
    }

    @Test
    void anHttp10ClientGetsAClosedReplyWithoutChunks() throws Exception {
        upstream.script(RecordingUpstream.always(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"));
        try (RawClient client = new RawClient(edge.port())) {
            client.send("GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            RawMessage reply = client.reply();
            assertThat(reply.isChunked()).isFalse();
            assertThat(reply.text()).isEqualTo("hello");
        }
        assertThat(upstream.seen().getFirst().all("host")).hasSize(1);
    }

    @Test
    void manyRequestsShareAConnectionAndMayBePipelined() throws Exception {
        upstream.script(peer -> {
            RawMessage request = peer.request();
            String body = request.target() + request.text();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        });
        try (RawClient client = new RawClient(edge.port())) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                all.append("POST /").append(i % 2 == 0 ? "plain" : "captured").append(i);
                all.append(" HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n").append(100 + i);
            }
            client.send(all.toString());
            for (int i = 0; i < 50; i++) {
                assertThat(client.reply().text()).isEqualTo("/" + (i % 2 == 0 ? "plain" : "captured") + i + (100 + i));
            }
        }
    }

    @Test
    void bothSidesMayStreamAtOnce() throws Exception {
        upstream.script(peer -> {
            while (!RawMessage.line(peer.in()).isEmpty()) {}
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 3; i++) {
                RawMessage.line(peer.in());
                peer.write("1\r\n" + RawMessage.line(peer.in()) + "\r\n");
            }
            peer.write("0\r\n\r\n");
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (!RawMessage.line(client.in()).isEmpty()) {}
            for (String letter : new String[] {"a", "b", "c"}) {
                client.send("1\r\n" + letter + "\r\n");
                assertThat(RawMessage.line(client.in())).isEqualTo("1");
                assertThat(RawMessage.line(client.in())).isEqualTo(letter);
            }
            client.send("0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "custom/1"})
    void anUpgradedConnectionCarriesBytesBothWays(String protocol) throws Exception {
        upstream.script(peer -> {
            RawMessage request = peer.request();
            assertThat(request.first("upgrade")).contains(protocol);
            assertThat(request.first("connection")).contains("Upgrade");
            assertThat(request.first("sec-websocket-key")).contains("k");
            peer.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: " + protocol
                    + "\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s\r\n\r\nfirst");
            byte[] echo = peer.in().readNBytes(4);
            peer.out().write(echo);
            peer.out().flush();
            peer.socket().close();
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("GET /ws HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: " + protocol
                    + "\r\nSec-WebSocket-Key: k\r\n\r\n");
            RawMessage reply = client.replyWithoutBody();
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.first("sec-websocket-accept")).contains("s");
            assertThat(reply.first("upgrade")).contains(protocol);
            assertThat(new String(client.in().readNBytes(5))).isEqualTo("first");
            client.send(new byte[] {0, (byte) 0x81, 2, 3});
            assertThat(client.in().readNBytes(4)).containsExactly(0, 0x81, 2, 3);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void aRefusedUpgradeIsAnOrdinaryReply() throws Exception {
        try (RawClient client = new RawClient(edge.port())) {
            String request = "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
            assertThat(client.send(request).reply().text()).isEqualTo("ok");
            assertThat(client.send(request).reply().text()).isEqualTo("ok");
        }
        assertThat(upstream.accepted()).isEqualTo(2);
    }

    @Test
    void anOfferOfHttp2InClearTextIsNotPassedOn() throws Exception {
        try (RawClient client = new RawClient(edge.port())) {
            client.send("GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AAMAAABk\r\n\r\n");
            assertThat(client.reply().text()).isEqualTo("ok");
        }
        RawMessage seen = upstream.seen().getFirst();
        assertThat(seen.first("upgrade")).isEmpty();
        assertThat(seen.first("http2-settings")).isEmpty();
        assertThat(seen.first("connection")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void largeBodiesArriveToTheByte(String path) throws Exception {
        byte[] body = new byte[5_000_000];
        new java.util.Random(7).nextBytes(body);
        upstream.script(peer -> {
            RawMessage request = peer.request();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + request.body().length + "\r\n\r\n");
            peer.out().write(request.body());
            peer.out().flush();
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length + "\r\n\r\n");
            OutputStream out = client.out();
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try {
                    out.write(body);
                } catch (IOException broken) {
                    throw new java.io.UncheckedIOException(broken);
                }
            });
            InputStream in = client.in();
            while (!RawMessage.line(in).isEmpty()) {}
            assertThat(Arrays.equals(in.readNBytes(body.length), body)).isTrue();
            writing.join();
        }
    }
}
