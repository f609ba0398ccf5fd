package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.subscription.SinkGuard;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookClientTest {

    private static final DeliveryLimits LIMITS = Rig.settings().limits();
    /** Of attempts that must run into it. */
    private static final Duration DEADLINE = Duration.ofMillis(600);

    /** Of all others, however busy the machine is. */
    private static final Duration AMPLE = Duration.ofSeconds(10);

    private WebhookClient client = client(host -> InetAddress.getByName("127.0.0.1"));

    private interface Lookup {
        InetAddress of(String host) throws UnknownHostException;
    }

    private static WebhookClient client(Lookup lookup) {
        return new WebhookClient(
                host -> {
                    try {
                        return CompletableFuture.completedFuture(List.of(lookup.of(host)));
                    } catch (UnknownHostException unknown) {
                        return CompletableFuture.failedFuture(unknown);
                    }
                },
                new SinkGuard(List.of("127.0.0.0/8"))::usable,
                LIMITS,
                null);
    }

    @AfterEach
    void close() {
        client.close();
    }

    private Outcome send(String url) {
        return send(url, AMPLE);
    }

    private Outcome send(String url, Duration deadline) {
        return client.send(
                        new WebhookRequest("POST", URI.create(url), Map.of("webhook-id", "1"), "{}".getBytes()),
                        deadline)
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static void failed(Outcome outcome, String reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(reason));
    }

    private static void answered(Outcome outcome, int status) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Answered.class,
                        answered -> assertThat(answered.status()).isEqualTo(status));
    }

    @Test
    void aConnectionIsUsedAgain() throws IOException {
        try (RawSink sink = new RawSink((out, socket) -> RawSink.write(out, "HTTP/1.1 204 No Content\r\n\r\n"))) {
            for (int i = 0; i < 20; i++) answered(send(sink.url()), 204);
            assertThat(sink.connections).hasValue(1);
        }
    }

    @Test
    void aKeptConnectionThatProvesDeadIsReplacedWithinTheAttempt() throws IOException {
        try (RawSink sink = new RawSink((out, socket) -> {
            RawSink.write(out, "HTTP/1.1 204 No Content\r\n\r\n");
            socket.getInputStream().read();
            socket.setSoLinger(true, 0);
            socket.close();
        })) {
            answered(send(sink.url()), 204);
            answered(send(sink.url()), 204);
            assertThat(sink.connections).hasValue(2);
        }
    }

    @Test
    void aDrippingHeadEndsAtTheDeadline() throws IOException {
        try (RawSink sink = new RawSink((out, socket) -> drip(out, "HTTP/1.1 200 OK\r\nX-Drip: "))) {
            long begun = System.nanoTime();
            failed(send(sink.url(), DEADLINE), "timeout");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(DEADLINE, DEADLINE.plusSeconds(2));
        }
    }

    @Test
    void aDrippingBodyEndsAtTheDeadlineAndTheStatusCounts() throws IOException {
        try (RawSink sink =
                new RawSink((out, socket) -> drip(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"))) {
            long begun = System.nanoTime();
            answered(send(sink.url(), DEADLINE), 200);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(DEADLINE, DEADLINE.plusSeconds(2));
        }
    }

    @Test
    void whoeverNeedsTheBodyNeedsItWhole() throws IOException {
        try (RawSink sink =
                new RawSink((out, socket) -> drip(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"))) {
            WebhookRequest request = new WebhookRequest("POST", URI.create(sink.url()), Map.of(), "{}".getBytes());
            failed(client.fetch(request, DEADLINE).join().outcome(), "timeout");
        }
    }

    /** What comes after a reply's end is no reply to the next request, which may be another subscription's. */
    @Test
    void aReplyToNoRequestIsNotTakenForTheNextOne() throws IOException {
        AtomicInteger number = new AtomicInteger();
        try (RawSink sink = new RawSink((out, socket) -> RawSink.write(
                out,
                number.incrementAndGet() == 1
                        ? "HTTP/1.1 200 OK\r\n"
                                + "Content-Length: 2\r\n\r\n"
                                + "okHTTP/1.1 299 Planted\r\n"
                                + "Content-Length: 0\r\n\r\n"
                        : "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n"))) {
            answered(send(sink.url()), 200);
            answered(send(sink.url()), 500);
        }
    }

    private static void drip(OutputStream out, String start) throws IOException, InterruptedException {
        RawSink.write(out, start);
        while (true) {
            RawSink.write(out, "x");
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void anEndlessBodyIsCutAndTheStatusCounts() throws IOException {
        byte[] block = new byte[1 << 16];
        try (RawSink sink = new RawSink((out, socket) -> {
            RawSink.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n");
            while (true) out.write(block);
        })) {
            answered(send(sink.url()), 200);
            assertThat(sink.written).hasValueLessThan(64L << 20);
        }
    }

    @Test
    void aHugeHeadFailsTheAttempt() throws IOException {
        try (RawSink sink = new RawSink((out, socket) -> {
            RawSink.write(out, "HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 100_000; i++) RawSink.write(out, "X-Header-" + i + ": " + "x".repeat(1000) + "\r\n");
            RawSink.write(out, "\r\n");
        })) {
            failed(send(sink.url()), "response-head");
        }
    }

    @Test
    void tooManyFieldsFailTheAttempt() throws IOException {
        try (RawSink sink = new RawSink(
                (out, socket) -> RawSink.write(out, "HTTP/1.1 204 No Content\r\n" + "a: b\r\n".repeat(300) + "\r\n"))) {
            failed(send(sink.url()), "response-head");
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        try (RawSink secret = new RawSink((out, socket) -> RawSink.write(out, "HTTP/1.1 200 OK\r\n\r\n"));
                RawSink sink = new RawSink((out, socket) -> RawSink.write(
                        out,
                        "HTTP/1.1 307 Temporary Redirect\r\nLocation: " + secret.url()
                                + "\r\nContent-Length: 0\r\n\r\n"))) {
            answered(send(sink.url()), 307);
            assertThat(secret.connections).hasValue(0);
        }
    }

    @Test
    void aBombIsNotUnpacked() throws IOException {
        byte[] bomb = bomb();
        try (RawSink sink = new RawSink((out, socket) -> write(
                out,
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n",
                bomb))) {
            answered(send(sink.url()), 200);
        }
    }

    private static void write(OutputStream out, String head, byte[] body) throws IOException {
        RawSink.write(out, head);
        out.write(body);
        out.flush();
    }

    /** 32 MB of nothing in some 32 KB. */
    private static byte[] bomb() throws IOException {
        java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
        try (OutputStream zip = new java.util.zip.GZIPOutputStream(packed)) {
            for (int i = 0; i < 512; i++) zip.write(new byte[1 << 16]);
        }
        return packed.toByteArray();
    }

    @Test
    void whatIsNoHttpFails() throws IOException {
        try (RawSink sink = new RawSink((out, socket) -> RawSink.write(out, "SSH-2.0-OpenSSH_9\r\n\r\n"))) {
            failed(send(sink.url()), "response");
        }
    }

    @Test
    void aResetFails() throws IOException {
        try (RawSink sink = new RawSink((out, socket) -> {
            socket.setSoLinger(true, 0);
            socket.close();
        })) {
            failed(send(sink.url()), "reset");
            assertThat(sink.requests).hasValue(1);
        }
    }

    @Test
    void nobodyListeningIsAConnectFailure() throws IOException {
        int port;
        try (RawSink sink = new RawSink((out, socket) -> {})) {
            port = sink.port();
        }
        failed(send("http://127.0.0.1:" + port + "/"), "connect");
    }

    @Test
    void plainHttpWhereTlsIsExpectedIsATlsFailure() throws IOException {
        try (RawSink sink = new RawSink(
                RawSink.When.CONNECTED, (out, socket) -> RawSink.write(out, "HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            failed(send("https://127.0.0.1:" + sink.port() + "/"), "tls");
        }
    }

    @Test
    void anUnknownNameIsADnsFailure() {
        client.close();
        client = client(host -> {
            throw new UnknownHostException(host);
        });
        failed(send("http://nowhere.example/"), "dns");
    }

    @Test
    void aSilentNameServerEndsAtTheDeadline() {
        client.close();
        client = new WebhookClient(host -> new CompletableFuture<>(), (host, found) -> found, LIMITS, null);
        failed(send("http://silent.example/", DEADLINE), "timeout");
    }

    /** The name answers with a permitted address when it is checked and a forbidden one afterwards. */
    @Test
    void theCheckedAddressIsTheOneThatIsConnectedTo() throws IOException {
        try (RawSink sink = new RawSink((out, socket) -> RawSink.write(out, "HTTP/1.1 204 No Content\r\n\r\n"))) {
            AtomicInteger lookups = new AtomicInteger();
            client.close();
            client = client(
                    host -> InetAddress.getByName(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "169.254.169.254"));
            answered(send("http://rebinding.example:" + sink.port() + "/"), 204);
            assertThat(lookups).hasValue(1);
            failed(send("http://rebinding.example:" + sink.port() + "/"), "forbidden-address");
            assertThat(sink.requests).hasValue(1);
        }
    }

    @Test
    void oneForbiddenAddressAmongOthersIsEnough() throws IOException {
        try (RawSink sink = new RawSink((out, socket) -> RawSink.write(out, "HTTP/1.1 204 No Content\r\n\r\n"))) {
            InetAddress good = InetAddress.getByName("127.0.0.1");
            InetAddress bad = InetAddress.getByName("10.0.0.1");
            client.close();
            client = new WebhookClient(
                    host -> CompletableFuture.completedFuture(List.of(good, bad)),
                    new SinkGuard(List.of("127.0.0.0/8"))::usable,
                    LIMITS,
                    null);
            failed(send("http://mixed.example:" + sink.port() + "/"), "forbidden-address");
            assertThat(sink.connections).hasValue(0);
        }
    }

    @Test
    void theNextAddressIsTriedWhenOneRefuses() throws IOException {
        try (RawSink sink = new RawSink((out, socket) -> RawSink.write(out, "HTTP/1.1 204 No Content\r\n\r\n"))) {
            InetAddress refuses = InetAddress.getByName("127.0.0.2");
            InetAddress listens = InetAddress.getByName("127.0.0.1");
            client.close();
            client = new WebhookClient(
                    host -> CompletableFuture.completedFuture(List.of(refuses, listens)),
                    new SinkGuard(List.of("127.0.0.0/8"))::usable,
                    LIMITS,
                    null);
            answered(send("http://two.example:" + sink.port() + "/"), 204);
        }
    }

    @Test
    void localhostIsCalledAtTheAddressesThatAreAllowed() throws IOException {
        try (RawSink sink = new RawSink((out, socket) -> RawSink.write(out, "HTTP/1.1 204 No Content\r\n\r\n"))) {
            InetAddress forbidden = InetAddress.getByName("::1");
            InetAddress allowed = InetAddress.getByName("127.0.0.1");
            client.close();
            client = new WebhookClient(
                    host -> CompletableFuture.completedFuture(List.of(forbidden, allowed)),
                    new SinkGuard(List.of("127.0.0.0/8"))::usable,
                    LIMITS,
                    null);
            answered(send("http://localhost:" + sink.port() + "/"), 204);
            failed(send("http://other.example:" + sink.port() + "/"), "forbidden-address");
            assertThat(sink.connections).hasValue(1);
        }
    }
}
