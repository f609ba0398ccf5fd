package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 towards clients with prior knowledge, before a system that speaks HTTP/1.1. */
class Http2Test extends Http2Fixture {

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void aRequestBecomesAnEquivalentOneInHttp1(String path) throws Exception {
        upstream.script(RecordingUpstream.always("HTTP/1.1 201 Created\r\n"
                + "Location: /a%2F/../1\r\n"
                + "Set-Cookie: a=1\r\n"
                + "Set-Cookie: b=2\r\n"
                + "Keep-Alive: timeout=5\r\n"
                + "X-Odd-Case: x\r\n"
                + "Content-Length: 5\r\n\r\n"
                + "hello"));
        Got got = get(request("FOO", path + "/..//%2f?a=&a=1").compose(request -> {
            request.headers().add("X-A", "1").add("x-a", "2").add("cookie", "k=1");
            Future<Got> reply = reply(request);
            request.end("body");
            return reply;
        }));
        assertThat(got.status()).isEqualTo(201);
        assertThat(got.headers().getAll("set-cookie")).containsExactly("a=1", "b=2");
        assertThat(got.headers().get("location")).isEqualTo("/a%2F/../1");
        assertThat(got.headers().get("x-odd-case")).isEqualTo("x");
        assertThat(got.headers().contains("keep-alive")).isFalse();
        assertThat(got.body()).hasToString("hello");
        RawMessage seen = upstream.seen().getFirst();
        assertThat(seen.startLine()).isEqualTo("FOO " + path + "/..//%2f?a=&a=1 HTTP/1.1");
        assertThat(seen.first("host")).contains("127.0.0.1:" + edge.port());
        assertThat(seen.headers()).contains("x-a: 1", "x-a: 2", "cookie: k=1", "content-length: 4");
        assertThat(seen.first("x-forwarded-proto")).contains("http");
        assertThat(seen.text()).isEqualTo("body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void aBodyWithoutALengthGoesOnChunkedAndNoneStaysNone(String path) throws Exception {
        get(request("POST", path).compose(request -> {
            Future<Got> reply = reply(request);
            request.setChunked(true);
            request.write("ab").compose(written -> request.end("cd"));
            return reply;
        }));
        call("DELETE", path, null);
        RawMessage chunked = upstream.seen().getFirst();
        assertThat(chunked.isChunked()).isTrue();
        assertThat(chunked.text()).isEqualTo("abcd");
        RawMessage none = upstream.seen().get(1);
        assertThat(none.isChunked()).isFalse();
        assertThat(none.first("content-length")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void repliesKeepTheirFormAndTrailers(String path) throws Exception {
        upstream.script(RecordingUpstream.always("HTTP/1.1 200 OK\r\n"
                + "Transfer-Encoding: chunked\r\n"
                + "Trailer: X-Sum\r\n\r\n"
                + "1\r\n"
                + "a\r\n"
                + "0\r\n"
                + "X-Sum: 9\r\n\r\n"));
        Got got = call("GET", path, null);
        assertThat(got.body()).hasToString("a");
        assertThat(got.trailers().get("x-sum")).isEqualTo("9");
        assertThat(got.headers().contains("content-length")).isFalse();
        assertThat(got.headers().contains("transfer-encoding")).isFalse();
        upstream.script(RecordingUpstream.always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
        Got empty = call("GET", path, null);
        assertThat(empty.body().length()).isZero();
        assertThat(empty.headers().contains("content-length")).isFalse();
        upstream.script(RecordingUpstream.always("HTTP/1.1 304 Same\r\nETag: \"e\"\r\n\r\n"));
        Got same = call("GET", path, null);
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.headers().contains("content-length")).isFalse();
        upstream.script(peer -> {
            RawMessage.head(peer.in());
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");
        });
        Got head = call("HEAD", path, null);
        assertThat(head.headers().get("content-length")).isEqualTo("1234");
        upstream.script(RecordingUpstream.always("HTTP/1.1 204 No Content\r\n\r\n"));
        assertThat(call("DELETE", path, null).status()).isEqualTo(204);
    }

    @Test
    void continueAndHintsPass() throws Exception {
        upstream.script(peer -> {
            RawMessage head = RawMessage.head(peer.in());
            peer.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n");
            head.withBody(peer.in(), RawMessage.Kind.REQUEST);
            peer.write(OK);
        });
        CompletableFuture<String> hints = new CompletableFuture<>();
        Got got = get(request("POST", "/plain").compose(request -> {
            Future<Got> reply = reply(request);
            request.earlyHintsHandler(fields -> hints.complete(fields.get("link")));
            request.putHeader("expect", "100-continue").putHeader("content-length", "1");
            request.continueHandler(go -> request.end("x"));
            request.sendHead();
            return reply;
        }));
        assertThat(got.status()).isEqualTo(200);
        assertThat(hints).isCompletedWithValue("</a>");
    }

    @Test
    void anUpgradeIsNotOfferedToHttp1() throws Exception {
        try (RawClient raw = new RawClient(edge.port())) {
            raw.send("POST /plain HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\nContent-Length: 1\r\n\r\nx");
            RawMessage reply = raw.reply();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(upstream.seen().getFirst().first("upgrade")).isEmpty();
        }
    }
}
