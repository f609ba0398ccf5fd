package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every byte that a served call takes of {@code eventful.edge.limits.memory} comes back, however the call ends. */
class MemoryTest {

    private static final String BODY = "x".repeat(20_000);
    private static final String POST = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 20000\r\n\r\n" + BODY;
    private static final String REPLY = "HTTP/1.1 201 Created\r\nContent-Length: 20000\r\n\r\n" + BODY;

    private RecordingUpstream upstream;
    private Edge edge;

    @BeforeEach
    void start() throws IOException {
        upstream = new RecordingUpstream(RecordingUpstream.always(REPLY));
        edge = new Edge(upstream.port(), "edge.limits.memory=100KB", "edge.limits.handler-timeout=1s");
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
        edge.close();
    }

    private interface Doing {
        void with(Call call) throws Exception;
    }

    private void serve(Doing doing) {
        edge.routing()
                .install(
                        Routing.Layer.CAPTURE,
                        head -> call -> Thread.ofVirtual().start(() -> {
                            try {
                                doing.with(call);
                            } catch (Exception given) {
                                // the memory tells
                            }
                        }));
    }

    private static <T> T join(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private double used() {
        return edge.meters().get("eventful.edge.memory").gauge().value();
    }

    private void allComesBack() {
        await().atMost(Duration.ofSeconds(10)).until(() -> used() == 0);
    }

    @Test
    void manyCallsTakeNoMoreThanOne() throws Exception {
        edge.capturing("/x");
        try (RawClient client = new RawClient(edge.port())) {
            for (int i = 0; i < 50; i++)
                assertThat(client.send(POST).reply().status()).isEqualTo(201);
        }
        allComesBack();
    }

    @Test
    void aClientThatLeavesInItsBody() throws Exception {
        edge.capturing("/x");
        try (RawClient client = new RawClient(edge.port())) {
            client.send(POST.substring(0, POST.length() - 1));
            await().until(() -> used() > 0);
        }
        allComesBack();
    }

    @Test
    void aClientThatLeavesWhenItsBodyWasRead() throws Exception {
        edge.capturing("/x");
        CountDownLatch gone = new CountDownLatch(1);
        upstream.script(peer -> {
            peer.request();
            gone.await();
            peer.write(REPLY);
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send(POST);
            await().until(() -> upstream.seen().size() == 1);
        }
        gone.countDown();
        allComesBack();
    }

    @Test
    void aClientThatLeavesWhileItsReplyIsPassedOn() throws Exception {
        edge.capturing("/x");
        CountDownLatch end = new CountDownLatch(1);
        upstream.script(peer -> {
            peer.request();
            // More than the handler reads, and the end only later.
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 60001\r\n\r\n" + "x".repeat(60_000));
            end.await();
        });
        serve(call -> {
            join(call.body(100_000));
            Reply reply = join(call.forward("default"));
            join(reply.body(50_000));
            join(call.answer(reply));
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send(POST);
            assertThat(client.in().read()).isPositive();
        }
        allComesBack();
        end.countDown();
    }

    @Test
    void anAnswerInPlaceOfTheReply() throws Exception {
        serve(call -> {
            join(call.body(100_000));
            join(join(call.forward("default")).body(100_000));
            join(call.answer(Problems.problem(502, "Bad Gateway", "No.")));
        });
        try (RawClient client = new RawClient(edge.port())) {
            assertThat(client.send(POST).reply().status()).isEqualTo(502);
        }
        allComesBack();
    }

    @Test
    void aReplyThatBreaksOff() throws Exception {
        upstream.script(peer -> {
            peer.request();
            peer.write(REPLY.substring(0, REPLY.length() - 1));
            throw new IOException("broken off");
        });
        serve(call -> {
            join(call.body(100_000));
            Reply reply = join(call.forward("default"));
            assertThatThrownBy(() -> join(reply.body(100_000))).isNotNull();
            join(call.answer(reply));
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send(POST);
            assertThatThrownBy(client::reply).isInstanceOf(IOException.class);
        }
        allComesBack();
    }

    @Test
    void aSystemThatIsAway() throws Exception {
        upstream.close();
        edge.capturing("/x");
        try (RawClient client = new RawClient(edge.port())) {
            assertThat(client.send(POST).reply().status()).isEqualTo(502);
        }
        allComesBack();
    }

    @Test
    void aHandlerThatForgetsACallWhoseClientHasGone() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        serve(call -> {
            join(call.body(100_000));
            read.countDown();
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send(POST);
            read.await();
        }
        allComesBack();
    }

    @Test
    void whatWasGivenBackIsNotSentOn() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch later = new CountDownLatch(1);
        CompletableFuture<Reply> sent = new CompletableFuture<>();
        serve(call -> {
            join(call.body(100_000));
            read.countDown();
            later.await();
            EdgeCall.relay(call.forward("default"), sent);
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send(POST);
            read.await();
        }
        allComesBack();
        later.countDown();
        assertThat(sent)
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(CallAbortedException.class);
        assertThat(upstream.accepted()).isZero();
    }

    @Test
    void aCallThatWasAnsweredForItsHandlerIsNotSentOn() throws Exception {
        CountDownLatch later = new CountDownLatch(1);
        CompletableFuture<Reply> sent = new CompletableFuture<>();
        serve(call -> {
            join(call.body(100_000));
            later.await();
            EdgeCall.relay(call.forward("default"), sent);
        });
        try (RawClient client = new RawClient(edge.port())) {
            assertThat(client.send(POST).reply().status()).isEqualTo(504);
        }
        later.countDown();
        assertThat(sent)
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(CallAbortedException.class);
        assertThat(upstream.accepted()).isZero();
    }

    @Test
    void aMalformedBody() throws Exception {
        edge.capturing("/x");
        try (RawClient client = new RawClient(edge.port())) {
            client.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2710\r\n" + "x".repeat(10_000)
                    + "\r\n");
            await().until(() -> used() > 0);
            client.send("zz\r\n");
            assertThat(client.reply().status()).isEqualTo(400);
        }
        allComesBack();
    }
}
