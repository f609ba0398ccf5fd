package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a handler has of a reply when it is given back. */
class ReadAheadTest extends EdgeCallFixture {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";

    @Test
    void aReplyReadAheadIsGivenBackWithItsBody() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        CompletableFuture<Boolean> early = new CompletableFuture<>();
        upstream.script(peer -> {
            peer.request();
            peer.write(HEAD + "he");
            rest.await();
            peer.write("llo");
        });
        var done = serve(call -> {
            CompletableFuture<Reply> sent =
                    call.forward("default", status -> 100).toCompletableFuture();
            early.complete(sent.isDone());
            Reply reply = join(sent);
            assertThat(reply.body(0).toCompletableFuture())
                    .isCompletedWithValueMatching(
                            body -> body instanceof Body.Whole(byte[] bytes) && new String(bytes).equals("hello"));
            join(call.answer(reply));
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("DELETE /x HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(join(early)).isFalse();
            rest.countDown();
            assertThat(client.reply().text()).isEqualTo("hello");
        }
        join(done);
    }

    @Test
    void ofALargerOneTheBeginningIsReadAndAllIsPassedOn() throws Exception {
        String text = "abcdefghij".repeat(50_000);
        upstream.script(peer -> {
            peer.request();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
        });
        var done = serve(call -> {
            Reply reply = join(call.forward("default", status -> 1000));
            assertThat(join(reply.body(1000))).isInstanceOf(Body.Partial.class);
            join(call.answer(reply));
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("DELETE /x HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.reply().text()).isEqualTo(text);
        }
        join(done);
    }

    @Test
    void nothingIsReadOfAReplyWhoseStatusIsNotAskedFor() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        upstream.script(peer -> {
            peer.request();
            peer.write("HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\n");
            rest.await();
            peer.write("hello");
        });
        var done = serve(call -> {
            Reply reply = join(call.forward("default", status -> status == 200 ? 100 : 0));
            rest.countDown();
            join(call.answer(reply));
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("DELETE /x HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.reply().text()).isEqualTo("hello");
        }
        join(done);
    }

    @Test
    void aReplyThatBreaksOffIsGivenBackAllTheSame() throws Exception {
        upstream.script(peer -> {
            peer.request();
            peer.write(HEAD + "he");
            peer.socket().close();
        });
        var done = serve(call -> {
            Reply reply = join(call.forward("default", status -> 100));
            assertThat(reply.status()).isEqualTo(200);
            assertThatThrownBy(() -> join(reply.body(100))).hasCauseInstanceOf(UpstreamException.class);
            join(call.answer(Problems.problem(502, "Bad Gateway", "broken off")));
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("DELETE /x HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.reply().status()).isEqualTo(502);
        }
        join(done);
    }

    /** The reading ends with the stream's idle time; a handler that waits for it must not wait for ever. */
    @Test
    void aReplyThatStallsInItsBodyIsGivenBackAfterTheIdleTime() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        RecordingUpstream.Script stalling = peer -> {
            peer.request();
            peer.write(HEAD + "he");
            over.await();
        };
        try (RecordingUpstream silent = new RecordingUpstream(stalling);
                Edge impatient = new Edge(silent.port(), "edge.limits.stream-idle=200ms")) {
            var ahead = stalled(impatient, 100);
            assertThatThrownBy(() -> join(ahead)).hasCauseInstanceOf(UpstreamException.class);
            var asked = stalled(impatient, 0);
            assertThatThrownBy(() -> join(asked)).hasCauseInstanceOf(UpstreamException.class);
            over.countDown();
        }
    }

    private static CompletableFuture<Body> stalled(Edge edge, int ahead) throws Exception {
        CompletableFuture<Body> read = new CompletableFuture<>();
        edge.routing()
                .install(
                        Routing.Layer.CAPTURE,
                        head -> call -> call.forward("default", status -> ahead)
                                .thenAccept(reply -> EdgeCall.relay(reply.body(100), read)));
        try (RawClient client = new RawClient(edge.port())) {
            client.send("DELETE /x HTTP/1.1\r\nHost: a\r\n\r\n");
            join(read.handle((body, failure) -> true));
        }
        return read;
    }
}
