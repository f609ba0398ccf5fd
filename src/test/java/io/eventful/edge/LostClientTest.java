package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of a call whose client has gone. */
class LostClientTest extends EdgeCallFixture {

    @Test
    void theOutcomeIsSeenAlthoughTheClientHasGone() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        upstream.script(peer -> {
            peer.request();
            arrived.countDown();
            gone.await();
            peer.write(OK);
        });
        var done = serve(call -> {
            join(call.body(100));
            Reply reply = join(call.forward("default"));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(join(reply.body(100))).isInstanceOf(Body.Whole.class);
            assertThatThrownBy(() -> join(call.answer(reply))).hasCauseInstanceOf(CallAbortedException.class);
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
            arrived.await();
        }
        await().pollDelay(Duration.ofMillis(200)).until(() -> true);
        gone.countDown();
        join(done);
    }

    @Test
    void aWholeBodyIsForwardedAlthoughTheClientHasGone() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        var done = serve(call -> {
            join(call.body(100));
            read.countDown();
            gone.await();
            assertThat(join(call.forward("default")).status()).isEqualTo(200);
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody");
            read.await();
        }
        await().pollDelay(Duration.ofMillis(200)).until(() -> true);
        gone.countDown();
        join(done);
        assertThat(upstream.seen().getFirst().text()).isEqualTo("body");
    }

    @Test
    void aClientThatLeavesInItsBodyAbortsTheCallBeforeAnythingIsSent() throws Exception {
        var done = serve(call -> {
            assertThatThrownBy(() -> join(call.body(100))).hasCauseInstanceOf(CallAbortedException.class);
            assertThatThrownBy(() -> join(call.forward("default"))).hasCauseInstanceOf(CallAbortedException.class);
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbo");
        }
        join(done);
        assertThat(upstream.accepted()).isZero();
    }

    @Test
    void aClientThatLeavesWhileItsBodyIsStreamedLeavesTheOutcomeOpen() throws Exception {
        var done = serve(call -> {
            assertThat(join(call.body(10))).isInstanceOf(Body.Partial.class);
            assertThatThrownBy(() -> join(call.forward("default")))
                    .cause()
                    .isInstanceOfSatisfying(
                            UpstreamException.class,
                            failure -> assertThat(failure.sent()).isEqualTo(UpstreamException.Sent.MAYBE));
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(50_000));
            await().atMost(Duration.ofSeconds(5)).until(() -> upstream.accepted() == 1);
        }
        join(done);
        await().atMost(Duration.ofSeconds(5)).until(() -> upstream.open() == 0);
        assertThat(upstream.seen()).isEmpty();
    }

    @Test
    void aClientThatLeavesAfterTheReplyClosesNoConnectionThatAnotherCallMayUse() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        var done = serve(call -> {
            join(call.body(10));
            Reply reply = join(call.forward("default"));
            join(reply.body(10));
            read.countDown();
            gone.await();
            call.answer(reply, Fields.NONE)
                    .toCompletableFuture()
                    .handle((ok, failure) -> ok)
                    .get(10, TimeUnit.SECONDS);
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello");
            assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
        }
        await().pollDelay(Duration.ofMillis(200)).until(() -> true);
        gone.countDown();
        join(done);
        await().during(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(upstream.open()).isEqualTo(1));
    }
}
