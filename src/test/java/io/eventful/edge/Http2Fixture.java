package io.eventful.edge;

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
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A client that speaks HTTP/2, the data port, and a system that speaks HTTP/1.1. */
abstract class Http2Fixture {

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    static Vertx vertx;
    static HttpClient client;
    static RecordingUpstream upstream;
    static Edge edge;

    /** A reply, whole. */
    record Got(int status, MultiMap headers, Buffer body, MultiMap trailers) {}

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

    static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    static Future<HttpClientRequest> request(String method, String path) {
        return client.request(new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(edge.port())
                .setURI(path)
                .setMethod(HttpMethod.valueOf(method)));
    }

    static Future<Got> reply(HttpClientRequest request) {
        return request.response()
                .compose(response -> response.body()
                        .map(body -> new Got(response.statusCode(), response.headers(), body, response.trailers())));
    }

    static Got call(String method, String path, Buffer body) throws Exception {
        return get(request(method, path).compose(request -> {
            Future<Got> reply = reply(request);
            if (body == null) request.end();
            else request.end(body);
            return reply;
        }));
    }
}
