package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of a request's head hold for HTTP/2 too, and one request over them harms no other. */
class Http2LimitsTest extends Http2Fixture {

    private static Got get(Edge small, String path, String field) throws Exception {
        return get(client.request(new RequestOptions()
                        .setHost("127.0.0.1")
                        .setPort(small.port())
                        .setURI(path)
                        .setMethod(HttpMethod.GET))
                .compose(request -> {
                    request.putHeader("x", field);
                    var reply = reply(request);
                    request.end();
                    return reply;
                }));
    }

    private static void isProblem(Got got, int status) {
        assertThat(got.status()).isEqualTo(status);
        assertThat(got.headers().get("content-type")).isEqualTo("application/problem+json");
        assertThat(got.body().toString()).contains("\"status\":" + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void aTooLongUriIs414AndATooLargeHeader431(String path) throws Exception {
        try (Edge small =
                new Edge(upstream.port(), "edge.limits.uri=1KB", "edge.limits.header=4KB").capturing("/captured")) {
            String most = path + "/" + "a".repeat(1024 - "GET  HTTP/1.1".length() - path.length() - 1);
            assertThat(get(small, most, "").status()).isEqualTo(200);
            isProblem(get(small, most + "a", ""), 414);
            assertThat(get(small, path, "v".repeat(3_700)).status()).isEqualTo(200);
            isProblem(get(small, path, "v".repeat(4_096)), 431);
            isProblem(get(small, path, "v".repeat(12_000)), 431);
            assertThat(get(small, path, "v").status()).isEqualTo(200);
        }
        assertThat(upstream.seen()).hasSize(3);
    }
}
