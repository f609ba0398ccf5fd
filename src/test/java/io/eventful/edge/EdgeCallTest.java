package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** What a handler can do with a call. */
class EdgeCallTest extends EdgeCallFixture {

    private static String sha(String text) throws Exception {
        return "sha-256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes()));
    }

    @Test
    void theHeadIsAsSentAndThePathInNormalForm() throws Exception {
        var done = serve(call -> {
            RequestHead head = call.head();
            assertThat(head.method()).isEqualTo("pOST");
            assertThat(head.target()).isEqualTo("//a/./b/../c%2f%41/?q=%20&q");
            assertThat(head.path()).isEqualTo("/a/c%2FA");
            assertThat(head.query()).isEqualTo("q=%20&q");
            assertThat(head.fields().entries())
                    .contains(new Fields.Field("x-ODD", "1"), new Fields.Field("X-Odd", "2"));
            assertThat(head.authority()).isEqualTo("shop:81");
            assertThat(head.scheme()).isEqualTo("http");
            assertThat(head.remote()).isEqualTo("127.0.0.1");
            join(call.answer(Problems.problem(418, "Teapot", "No \"coffee\".")));
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("pOST //a/./b/../c%2f%41/?q=%20&q HTTP/1.1\r\nHost: shop:81\r\nx-ODD: 1\r\nX-Odd: 2\r\n\r\n");
            RawMessage reply = client.reply();
            assertThat(reply.status()).isEqualTo(418);
            assertThat(reply.text()).contains("No \\\"coffee\\\".");
        }
        join(done);
    }

    @Test
    void aCallIsProxiedWithoutTheFieldsThatAreLeftOut() throws Exception {
        var done = serve(call -> join(call.proxy("default", Set.of("authorization"))));
        try (RawClient client = new RawClient(edge.port())) {
            client.send(
                    "GET /x HTTP/1.1\r\nHost: a\r\nAUTHORIZATION: Bearer 1\r\nX-Odd: 2\r\nAuthorization: 3\r\n\r\n");
            assertThat(client.reply().text()).isEqualTo("ok");
        }
        join(done);
        assertThat(upstream.seen().getFirst().headers())
                .contains("Host: a", "X-Odd: 2")
                .noneMatch(field -> field.toLowerCase(Locale.ROOT).startsWith("authorization"));
    }

    @Test
    void aBodyWithinTheLimitIsReadWholeAndForwardedToTheByte() throws Exception {
        var done = serve(call -> {
            Body body = join(call.body(5));
            assertThat(body)
                    .isInstanceOfSatisfying(
                            Body.Whole.class,
                            whole -> assertThat(new String(whole.bytes())).isEqualTo("hello"));
            assertThat(join(call.requestDigest())).isEqualTo(new Digest(5, sha("hello")));
            Reply reply = join(call.forward("default"));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.fields().first("content-length")).contains("2");
            assertThat(join(reply.body(10))).isInstanceOf(Body.Whole.class);
            assertThat(join(reply.digest())).isEqualTo(new Digest(2, sha("ok")));
            join(call.answer(reply, new Fields(List.of(new Fields.Field("Eventful-Position", "7")))));
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
            RawMessage reply = client.reply();
            assertThat(reply.text()).isEqualTo("ok");
            assertThat(reply.headers()).containsExactly("Content-Length: 2", "Eventful-Position: 7");
        }
        join(done);
        assertThat(upstream.seen().getFirst().text()).isEqualTo("hello");
    }

    @Test
    void aLargerBodyIsHeldBackAndThenStreamedAndDigested() throws Exception {
        String text = "abcdefghij".repeat(100_000);
        var done = serve(call -> {
            Body body = join(call.body(1000));
            assertThat(body)
                    .isInstanceOfSatisfying(
                            Body.Partial.class,
                            part -> assertThat(part.beginning().length).isBetween(1000, 200_000));
            assertThat(call.requestDigest().toCompletableFuture()).isNotDone();
            Reply reply = join(call.forward("default"));
            assertThat(join(call.requestDigest())).isEqualTo(new Digest(text.length(), sha(text)));
            assertThat(join(reply.body(1000))).isInstanceOf(Body.Partial.class);
            join(call.answer(reply));
            assertThat(join(reply.digest())).isEqualTo(new Digest(text.length(), sha(text)));
        });
        upstream.script(peer -> {
            RawMessage request = peer.request();
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(text.length())
                    + "\r\n" + request.text() + "\r\n0\r\n\r\n");
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
            assertThat(client.reply().text()).isEqualTo(text);
        }
        join(done);
    }

    @Test
    void aBodyThatNobodyReadIsForwardedAllTheSame() throws Exception {
        var done = serve(call -> {
            Reply reply = join(call.forward("default"));
            assertThat(join(call.requestDigest())).isEqualTo(new Digest(5, sha("hello")));
            join(call.answer(reply));
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
            assertThat(client.reply().text()).isEqualTo("ok");
        }
        join(done);
        assertThat(upstream.seen().getFirst().isChunked()).isTrue();
    }

    @Test
    void proxyStreamsAfterAllEvenWhenTheBodyWasRead() throws Exception {
        var done = serve(call -> {
            join(call.body(100));
            join(call.proxy("default"));
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
            assertThat(client.reply().text()).isEqualTo("ok");
        }
        join(done);
        assertThat(upstream.seen().getFirst().text()).isEqualTo("hello");
    }

    @Test
    void anEmptyBodyHasNoDigest() throws Exception {
        var done = serve(call -> {
            assertThat(join(call.body(0)))
                    .isInstanceOfSatisfying(
                            Body.Whole.class, whole -> assertThat(whole.bytes()).isEmpty());
            assertThat(join(call.requestDigest())).isEqualTo(new Digest(0, ""));
            join(call.answer(join(call.forward("default"))));
        });
        try (RawClient client = new RawClient(edge.port())) {
            assertThat(client.send("DELETE /x HTTP/1.1\r\nHost: a\r\n\r\n")
                            .reply()
                            .text())
                    .isEqualTo("ok");
        }
        join(done);
    }

    @Test
    void aCallIsForwardedOnce() throws Exception {
        var done = serve(call -> {
            Reply reply = join(call.forward("default"));
            assertThatThrownBy(() -> join(call.forward("default")))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
            join(call.answer(reply));
        });
        try (RawClient client = new RawClient(edge.port())) {
            assertThat(client.send("PUT /x HTTP/1.1\r\nHost: a\r\n\r\n").reply().text())
                    .isEqualTo("ok");
        }
        join(done);
        assertThat(upstream.seen()).hasSize(1);
    }

    @Test
    void aReplyThatIsNotPassedOnLeavesNoConnectionBehind() throws Exception {
        upstream.script(peer -> {
            peer.request();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx");
            peer.in().read();
        });
        var done = serve(call -> {
            join(call.forward("default"));
            join(call.answer(Problems.problem(503, "x", "y")));
        });
        try (RawClient client = new RawClient(edge.port())) {
            assertThat(client.send("PUT /x HTTP/1.1\r\nHost: a\r\n\r\n").reply().status())
                    .isEqualTo(503);
            await().atMost(Duration.ofSeconds(5)).until(() -> upstream.open() == 0);
        }
        join(done);
    }

    @Test
    void anUnknownUpstreamWasSentNothing() throws Exception {
        var done = serve(call -> {
            assertThatThrownBy(() -> join(call.forward("crm")))
                    .cause()
                    .isInstanceOfSatisfying(UpstreamException.class, failure -> {
                        assertThat(failure.sent()).isEqualTo(UpstreamException.Sent.NOTHING);
                        assertThat(failure).hasMessageContaining("eventful.upstreams.crm.url");
                    });
            join(call.answer(Problems.problem(502, "x", "y")));
        });
        try (RawClient client = new RawClient(edge.port())) {
            assertThat(client.send("PUT /x HTTP/1.1\r\nHost: a\r\n\r\n").reply().status())
                    .isEqualTo(502);
        }
        join(done);
    }

    @Test
    void anAnswerBeforeTheBodyWasReadClosesTheConnection() throws Exception {
        var done = serve(call -> join(call.answer(Problems.problem(413, "Content Too Large", "No."))));
        try (RawClient client = new RawClient(edge.port())) {
            client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000)
                    + "GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
            RawMessage reply = client.reply();
            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.first("connection")).contains("close");
            assertThat(client.isAtEnd()).isTrue();
        }
        join(done);
    }

    @Test
    void aHandlerThatThrowsIsA500() throws Exception {
        edge.routing().install(Routing.Layer.ENDPOINT, head -> call -> {
            throw new IllegalStateException("secret");
        });
        try (RawClient client = new RawClient(edge.port())) {
            RawMessage reply = client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n").reply();
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.text()).doesNotContain("secret");
        }
    }
}
