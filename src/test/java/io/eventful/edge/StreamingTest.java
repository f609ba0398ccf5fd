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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies pass as they come, and no faster than they are taken. */
class StreamingTest extends EdgeFixture {

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
