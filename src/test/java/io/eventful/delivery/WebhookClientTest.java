package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What hostile and broken servers do to one attempt. */
class WebhookClientTest extends WebhookClientFixture {

    @Test
    void aDrippingHeadEndsAtTheDeadline() throws IOException {
        try (RawSink sink = new RawSink((out, socket) -> drip(out, "HTTP/1.1 200 OK\r\nX-Drip: "))) {
            long begun = System.nanoTime();
            failed(send(sink.url(), DEADLINE), "timeout");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(DEADLINE, DEADLINE.plusSeconds(10));
        }
    }

    @Test
    void aDrippingBodyEndsAtTheDeadlineAndTheStatusCounts() throws IOException {
        try (RawSink sink =
                new RawSink((out, socket) -> drip(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"))) {
            long begun = System.nanoTime();
            answered(send(sink.url(), DEADLINE), 200);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(DEADLINE, DEADLINE.plusSeconds(10));
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

    /** It could fill the disk with them. */
    @Test
    void aSinkWritesNoErrorsIntoTheLog() throws IOException {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger vertx = (Logger) LoggerFactory.getLogger("io.vertx");
        vertx.addAppender(lines);
        try (RawSink sink = new RawSink((out, socket) ->
                RawSink.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n" + "X: y\r\n".repeat(300) + "\r\n"))) {
            failed(send(sink.url()), "response-head");
            // What follows on the same event loop tells that the connection has gone.
            failed(send(sink.url()), "response-head");
        } finally {
            vertx.detachAppender(lines);
        }
        assertThat(lines.list).isEmpty();
    }

    /** Such as Node's writeProcessing, while it works. */
    @Test
    void interimRepliesAreNotTheReply() throws IOException {
        String interim = "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                + "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 104 Upload Resumption Supported\r\n\r\n";
        try (RawSink sink = new RawSink(
                (out, socket) -> RawSink.write(out, interim + interim + "HTTP/1.1 204 No Content\r\n\r\n"))) {
            for (int i = 0; i < 3; i++) answered(send(sink.url()), 204);
            assertThat(sink.connections).hasValue(1);
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
}
