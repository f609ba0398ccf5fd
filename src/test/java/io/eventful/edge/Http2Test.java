package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 towards clients with prior knowledge, before a system that speaks HTTP/1.1. */
class Http2Test {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static Vertx vertx;
    private static HttpClient client;
    private static RecordingUpstream upstream;
    private static Edge edge;

    /** A reply, whole. */
    private record Got(int status, MultiMap headers, Buffer body, MultiMap trailers) {}

    @BeforeAll
    static void start() throws IOException {
        upstream = new RecordingUpstream(RecordingUpstream.always(OK));
        edge = new Edge(upstream.port(), "edge.limits.body-timeout=600ms").capturing("/captured");
        vertx = Vertx.vertx();
        client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    }

    @AfterAll
    static void stop() throws Exception {
        get(vertx.close());
        edge.close();
        upstream.close();
    }

    @BeforeEach
    void forget() {
        upstream.seen().clear();
        upstream.script(RecordingUpstream.always(OK));
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static Future<HttpClientRequest> request(String method, String path) {
        return client.request(new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(edge.port())
                .setURI(path)
                .setMethod(HttpMethod.valueOf(method)));
    }

    private static Future<Got> reply(HttpClientRequest request) {
        return request.response()
                .compose(response -> response.body()
                        .map(body -> new Got(response.statusCode(), response.headers(), body, response.trailers())));
    }

    private static Got call(String method, String path, Buffer body) throws Exception {
        return get(request(method, path).compose(request -> {
            Future<Got> reply = reply(request);
            if (body == null) request.end();
            else request.end(body);
            return reply;
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void aRequestBecomesAnEquivalentOneInHttp1(String path) throws Exception {
        upstream.script(
                RecordingUpstream.always(
                        "HTTP/1.1 201 Created\r\nLocation: /a%2F/../1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nKeep-Alive: timeout=5\r\nX-Odd-Case: x\r\nContent-Length: 5\r\n\r\nhello"));
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
        upstream.script(
                RecordingUpstream.always(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n1\r\na\r\n0\r\nX-Sum: 9\r\n\r\n"));
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

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void manyCallsAreUnderWayAtOnceOnOneConnection(String path) throws Exception {
        List<Future<Got>> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String target = path + "/" + i;
            all.add(request("PUT", target).compose(request -> {
                Future<Got> reply = reply(request);
                request.end(target);
                return reply;
            }));
        }
        for (Future<Got> one : all) assertThat(get(one).status()).isEqualTo(200);
        assertThat(upstream.seen()).hasSize(60).allMatch(seen -> seen.target().equals(seen.text()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void aLargeBodyPassesBothWays(String path) throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        upstream.script(peer -> {
            RawMessage seen = peer.request();
            peer.out().write(("HTTP/1.1 200 OK\r\nContent-Length: " + seen.body().length + "\r\n\r\n").getBytes());
            peer.out().write(seen.body());
            peer.out().flush();
        });
        assertThat(call("PUT", path, Buffer.buffer(bytes)).body().getBytes()).isEqualTo(bytes);
    }

    @Test
    void aReplyThatBreaksOffResetsItsStreamAndNoOther() throws Exception {
        upstream.script(peer -> {
            RawMessage seen = peer.request();
            if (seen.target().equals("/ok")) {
                peer.write(OK);
            } else {
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
                peer.socket().close();
            }
        });
        assertThatThrownBy(() -> call("GET", "/breaks", null))
                .rootCause()
                .isInstanceOfSatisfying(
                        StreamResetException.class,
                        reset -> assertThat(reset.getCode()).isEqualTo(2));
        assertThat(call("GET", "/ok", null).status()).isEqualTo(200);
    }

    @Test
    void aClientThatResetsItsStreamEndsTheCallAtTheUpstream() throws Exception {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        AtomicInteger calls = new AtomicInteger();
        upstream.script(peer -> {
            calls.incrementAndGet();
            peer.request();
            ended.complete(peer.in().read());
        });
        HttpClientRequest request = get(request("GET", "/plain"));
        request.end();
        await().until(() -> calls.get() == 1);
        request.reset(8);
        assertThat(ended.get(5, TimeUnit.SECONDS)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void anUpstreamThatFailsIsAProblem(String path) throws Exception {
        upstream.script(peer -> {
            peer.request();
            peer.socket().close();
        });
        Got got = call("POST", path, Buffer.buffer("x"));
        assertThat(got.status()).isEqualTo(502);
        assertThat(got.headers().get("content-type")).isEqualTo("application/problem+json");
        assertThat(call("GET", "/.eventful/nothing", null).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void aBodyThatStopsComingIsAnswered408(String path) throws Exception {
        Got got = get(request("POST", path).compose(request -> {
            Future<Got> reply = reply(request);
            request.putHeader("content-length", "10").write("abc");
            return reply;
        }));
        assertThat(got.status()).isEqualTo(408);
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
