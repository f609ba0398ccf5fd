package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.StreamResetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of HTTP/2 beside each other: many, large, broken off, reset, silent. */
class Http2StreamsTest extends Http2Fixture {

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

    /** A client that saw nothing of a reply might send its request again. */
    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void theHeadOfAReplyThatBreaksOffIsShown(String path) throws Exception {
        upstream.script(peer -> {
            peer.request();
            peer.write("HTTP/1.1 201 Created\r\nLocation: /things/1\r\nContent-Length: 10\r\n\r\nabc");
            peer.socket().close();
        });
        CompletableFuture<String> shown = new CompletableFuture<>();
        Future<Buffer> body = request("POST", path).compose(request -> {
            Future<Buffer> read = request.response().compose(response -> {
                shown.complete(response.statusCode() + " " + response.getHeader("location"));
                return response.body();
            });
            request.end("{}");
            return read;
        });
        assertThatThrownBy(() -> get(body))
                .rootCause()
                .isInstanceOfSatisfying(
                        StreamResetException.class,
                        reset -> assertThat(reset.getCode()).isEqualTo(2));
        assertThat(shown).isCompletedWithValue("201 /things/1");
        assertThat(upstream.seen()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void aReplyWithAMalformedChunkIsAProblem(String path) throws Exception {
        upstream.script(RecordingUpstream.always(
                "HTTP/1.1 201 Made\r\nX-A: 1\r\nTransfer-Encoding: chunked\r\n\r\n2 3\r\n{}\r\n0\r\n\r\n"));
        Got got = call("POST", path, Buffer.buffer("x"));
        assertThat(got.status()).isEqualTo(502);
        assertThat(got.headers().get("content-type")).isEqualTo("application/problem+json");
        assertThat(got.headers().contains("x-a")).isFalse();
        assertThat(got.headers().get("content-length"))
                .isEqualTo(Integer.toString(got.body().length()));
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
}
