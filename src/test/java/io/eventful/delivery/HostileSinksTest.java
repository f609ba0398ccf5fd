package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.DeliveryRecord.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a receiver can do to a sender, at once, each to one subscription of the same channel, through all of delivery. */
class HostileSinksTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Map<String, RawSink> sinks = new LinkedHashMap<>();
    private final Map<String, String> subscriptions = new LinkedHashMap<>();
    private final AtomicLong poured = new AtomicLong();
    private Rig rig;

    @AfterEach
    void close() throws Exception {
        rig.close();
        for (RawSink sink : sinks.values()) sink.close();
    }

    private void hostile(String name, String scheme, RawSink.Script script) throws IOException {
        RawSink sink = new RawSink(script);
        sinks.put(name, sink);
        subscriptions.put(
                name,
                rig.subscribe(scheme + "://127.0.0.1:" + sink.port() + "/hook").id());
    }

    private void expect(String name, State state, String reason) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            rig.engine.core().log().flush().join();
            assertThat(rig.engine
                            .deliveries()
                            .list(subscriptions.get(name), null, null, 10)
                            .items())
                    .as(name)
                    .singleElement()
                    .satisfies(delivery -> {
                        assertThat(delivery.state()).as(name).isEqualTo(state);
                        assertThat(delivery.reason()).as(name).isEqualTo(reason);
                    });
        });
    }

    @Test
    void eachEndsAsTheTableSaysAndTheOthersNoticeNothing() throws Exception {
        rig = new Rig(folder, "timeout=3s");
        byte[] bomb = bomb();
        byte[] block = new byte[1 << 16];
        hostile("drip in the head", "http", (out, socket) -> drip(out, "HTTP/1.1 200 OK\r\nX-Drip: "));
        hostile(
                "drip in the body",
                "http",
                (out, socket) -> drip(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"));
        hostile("silence", "http", (out, socket) -> TimeUnit.MINUTES.sleep(5));
        hostile("bomb", "http", (out, socket) -> {
            RawSink.write(
                    out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n");
            out.write(bomb);
        });
        hostile(
                "redirect",
                "http",
                (out, socket) -> RawSink.write(
                        out,
                        "HTTP/1.1 307 T\r\nLocation: " + sinks.get("inside").url() + "\r\nContent-Length: 0\r\n\r\n"));
        hostile("1 GB", "http", (out, socket) -> {
            RawSink.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
            for (int i = 0; i < 16_384; i++) {
                out.write(block);
                poured.addAndGet(block.length);
            }
        });
        hostile("10 MB head", "http", (out, socket) -> {
            RawSink.write(out, "HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 10_000; i++) RawSink.write(out, "X-" + i + ": " + "x".repeat(1000) + "\r\n");
            RawSink.write(out, "\r\n");
        });
        hostile("no TLS", "https", (out, socket) -> {});
        hostile("reset", "http", (out, socket) -> {
            socket.setSoLinger(true, 0);
            socket.close();
        });
        hostile("no HTTP", "http", (out, socket) -> RawSink.write(out, "SSH-2.0-OpenSSH_9\r\n\r\n"));
        hostile("half a reply", "http", (out, socket) -> {
            RawSink.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            socket.close();
        });
        // Never subscribed: where the redirect leads.
        sinks.put("inside", new RawSink((out, socket) -> RawSink.write(out, "HTTP/1.1 200 OK\r\n\r\n")));

        try (Sink healthy = new Sink()) {
            rig.subscribe(healthy.url());
            var published = rig.publish(event("/customers/1", 1));
            await().atMost(PATIENCE).until(() -> healthy.received.size() == 1);
            await().atMost(PATIENCE).until(() -> {
                rig.pass(Duration.ofMillis(50));
                return published.isDone();
            });
            expect("drip in the head", State.FAILED, "timeout");
            expect("drip in the body", State.FAILED, "timeout");
            expect("silence", State.FAILED, "timeout");
            expect("bomb", State.DELIVERED, "");
            expect("redirect", State.FAILED, "status-307");
            expect("1 GB", State.DELIVERED, "");
            expect("10 MB head", State.FAILED, "response-head");
            expect("reset", State.FAILED, "reset");
            expect("half a reply", State.FAILED, "reset");
            assertThat(reason("no TLS")).isIn("tls", "timeout", "reset");
            assertThat(reason("no HTTP")).isIn("response", "reset", "timeout");
            assertThat(sinks.get("inside").connections).hasValue(0);
            assertThat(poured).hasValueLessThan(64L << 20);

            for (int i = 2; i <= 20; i++) rig.publish(event("/customers/" + i, i));
            await().atMost(PATIENCE).until(() -> healthy.received.size() == 20);
            assertThat(healthy.ids()).doesNotHaveDuplicates();
        }
    }

    private String reason(String name) {
        return rig.engine
                .deliveries()
                .list(subscriptions.get(name), State.FAILED, null, 10)
                .items()
                .getFirst()
                .reason();
    }

    private static void drip(OutputStream out, String start) throws IOException, InterruptedException {
        RawSink.write(out, start);
        while (true) {
            RawSink.write(out, "x");
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** 64 MB of nothing in some 64 KB. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 1000; i++) zip.write(new byte[1 << 16]);
        }
        return packed.toByteArray();
    }
}
