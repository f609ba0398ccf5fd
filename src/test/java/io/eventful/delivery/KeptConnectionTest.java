package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.delivery.RawSink.Script;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A kept connection that ends without an answer: the log says of each request that the sink had. */
class KeptConnectionTest extends WebhookClientFixture {

    private static final String NO_CONTENT = "HTTP/1.1 204 No Content\r\n\r\n";

    /** Longer than a close takes that was on its way when the request was sent. */
    private static final long HELD_MILLIS = 400;

    /** Answers the first request, and has its way with those after it. */
    private static RawSink sink(Script later) throws IOException {
        AtomicInteger asked = new AtomicInteger();
        return new RawSink((out, socket) -> {
            if (asked.incrementAndGet() == 1) RawSink.write(out, NO_CONTENT);
            else later.play(out, socket);
        });
    }

    private Outcome second(RawSink sink) {
        answered(send(sink.url()), 204);
        return send(sink.url());
    }

    @Test
    void aRequestThatTheSinkHeldIsNotSentAgain() throws IOException {
        try (RawSink sink = sink((out, socket) -> {
            TimeUnit.MILLISECONDS.sleep(HELD_MILLIS);
            socket.close();
        })) {
            Outcome outcome = second(sink);
            failed(outcome, "reset");
            assertThat(sink.requests).hasValue(2);
            assertThat(sink.connections).hasValue(1);
            assertThat(outcome.phases().connect())
                    .as("the wait for the answer is not the connection's")
                    .isLessThan(TimeUnit.MILLISECONDS.toMicros(HELD_MILLIS));
        }
    }

    @Test
    void aRequestThatTheSinkSaidItHadIsNotSentAgain() throws IOException {
        try (RawSink sink = sink((out, socket) -> {
            RawSink.write(out, "HTTP/1.1 102 Processing\r\n\r\n");
            socket.close();
        })) {
            failed(second(sink), "reset");
            assertThat(sink.requests).hasValue(2);
        }
    }

    @Test
    void aRequestWhoseAnswerBeganIsNotSentAgain() throws IOException {
        try (RawSink sink = sink((out, socket) -> {
            RawSink.write(out, "HTTP/1.1 204 No Content\r\nserver: ");
            socket.close();
        })) {
            failed(second(sink), "reset");
            assertThat(sink.requests).hasValue(2);
        }
    }

    @Test
    void aRequestThatMeetsAClosedConnectionIsSentAgainOnce() throws IOException {
        try (RawSink sink = sink((out, socket) -> socket.close())) {
            failed(second(sink), "reset");
            assertThat(sink.requests).hasValue(3);
            assertThat(sink.connections).hasValue(2);
        }
    }
}
