package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.delivery.RawSink.Script;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bytes behind the end of a reply belong to no reply: the connection, which other subscriptions use too, is not used again. */
class LeftoverBytesTest extends WebhookClientFixture {

    private static final String CLEAN = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    /** Long enough that what follows comes in a read of its own. */
    private static final long APART_MILLIS = 50;

    /** The first reply is the script's; the others are clean. */
    private static RawSink sink(Script first) throws IOException {
        AtomicInteger asked = new AtomicInteger();
        return new RawSink((out, socket) -> {
            if (asked.incrementAndGet() == 1) first.play(out, socket);
            else RawSink.write(out, CLEAN);
        });
    }

    private void nextIsNotHurt(Script first, int status) throws IOException {
        try (RawSink sink = sink(first)) {
            answered(send(sink.url()), status);
            answered(send(sink.url()), 200);
            assertThat(sink.requests).hasValue(2);
            assertThat(sink.connections).hasValue(2);
        }
    }

    @Test
    void noContentWithABody() throws IOException {
        nextIsNotHurt(
                (out, socket) -> RawSink.write(out, "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello"), 204);
    }

    @Test
    void noContentWithABodyThatComesLater() throws IOException {
        nextIsNotHurt(
                (out, socket) -> {
                    RawSink.write(out, "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n");
                    TimeUnit.MILLISECONDS.sleep(APART_MILLIS);
                    RawSink.write(out, "hello");
                },
                204);
    }

    @Test
    void noContentWithChunks() throws IOException {
        nextIsNotHurt(
                (out, socket) -> RawSink.write(
                        out, "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
                204);
    }

    @Test
    void aBodyThatNoFieldTellsOf() throws IOException {
        nextIsNotHurt((out, socket) -> RawSink.write(out, "HTTP/1.1 204 No Content\r\n\r\nhello"), 204);
    }

    @Test
    void aBodyLongerThanItSays() throws IOException {
        nextIsNotHurt(
                (out, socket) -> RawSink.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, you"), 200);
    }

    @Test
    void aHeadInTwoParts() throws IOException {
        nextIsNotHurt(
                (out, socket) -> {
                    RawSink.write(out, "HTTP/1.1 204 No Con");
                    TimeUnit.MILLISECONDS.sleep(APART_MILLIS);
                    RawSink.write(out, "tent\r\n\r\nhello");
                },
                204);
    }

    /** A whole reply to nobody would be taken for that to the next request. */
    @Test
    void aReplyWithoutARequest() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        try (RawSink sink = new RawSink((out, socket) -> {
            if (asked.incrementAndGet() == 1) {
                RawSink.write(out, CLEAN);
                TimeUnit.MILLISECONDS.sleep(APART_MILLIS);
                RawSink.write(out, "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
                if (socket.getInputStream().read() < 0) closed.countDown();
            } else RawSink.write(out, CLEAN);
        })) {
            answered(send(sink.url()), 200);
            assertThat(closed.await(2, TimeUnit.SECONDS)).isTrue();
            answered(send(sink.url()), 200);
            assertThat(sink.connections).hasValue(2);
        }
    }

    @Test
    void requestsThatWaitForAConnectionAreNotHurtEither() throws IOException {
        int many = LIMITS.connectionsPerHost() + 50;
        try (RawSink sink = new RawSink(
                (out, socket) -> RawSink.write(out, "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello"))) {
            WebhookRequest request = new WebhookRequest("POST", sink.uri(), Map.of(), "{}".getBytes());
            List<CompletableFuture<Outcome>> all = IntStream.range(0, many)
                    .mapToObj(i -> client.send(request, AMPLE))
                    .toList();
            for (CompletableFuture<Outcome> one : all)
                answered(one.orTimeout(20, TimeUnit.SECONDS).join(), 204);
            assertThat(sink.requests).hasValue(many);
        }
    }

    /** Nothing is wrong with these. */
    @Test
    void aCleanReplyInPartsKeepsItsConnection() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (RawSink sink = new RawSink((out, socket) -> {
            if (asked.incrementAndGet() % 2 == 1) {
                RawSink.write(out, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
                TimeUnit.MILLISECONDS.sleep(APART_MILLIS);
                RawSink.write(out, "12345");
            } else RawSink.write(out, "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n");
        })) {
            answered(send(sink.url()), 200);
            answered(send(sink.url()), 204);
            answered(send(sink.url()), 200);
            answered(send(sink.url()), 204);
            assertThat(sink.connections).hasValue(1);
        }
    }
}
