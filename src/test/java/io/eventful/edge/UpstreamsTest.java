package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What upstreams may be: of HTTP/2, with certificates, several, below a path, chosen by path and host. */
class UpstreamsTest {

    @TempDir
    Path folder;

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private Vertx vertx;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private int serve(HttpServerOptions options) throws Exception {
        HttpServer server = vertx.createHttpServer(options)
                .requestHandler(this::echo)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return server.actualPort();
    }

    private void echo(HttpServerRequest request) {
        seen.add(request.version() + " " + request.method() + " " + request.uri() + " " + request.authority() + " "
                + request.getHeader("x-forwarded-host") + " " + request.getHeader("connection"));
        request.body().onSuccess(body -> {
            request.response().setChunked(true).putHeader("X-Sum", "1");
            if (request.version() == io.vertx.core.http.HttpVersion.HTTP_2) {
                request.response().putTrailer("x-end", "yes");
            }
            request.response().write(body);
            request.response().end();
        });
    }

    private static RawMessage call(Edge edge, String method, String target, String host) throws IOException {
        try (RawClient client = new RawClient(edge.port())) {
            return client.send(method + " " + target + " HTTP/1.1\r\nHost: " + host
                            + "\r\nConnection: TE\r\nTE: trailers\r\nContent-Length: 4\r\n\r\nbody")
                    .reply();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void http2InClearText(String path) throws Exception {
        int port = serve(new HttpServerOptions());
        try (Edge edge = new Edge(port, "upstreams.default.protocol=h2c").capturing("/captured")) {
            for (int i = 0; i < 3; i++) {
                RawMessage reply = call(edge, "FOO", path + "/a%2F?b=", "shop.example:81");
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.text()).isEqualTo("body");
                assertThat(reply.first("x-sum")).contains("1");
                assertThat(reply.trailers()).containsExactly("x-end: yes");
            }
        }
        assertThat(seen).containsOnly("HTTP_2 FOO " + path + "/a%2F?b= shop.example:81 shop.example:81 null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "h2", "http1"})
    void withTlsWhatAlpnFindsAndOnlyTrustedOnes(String protocol) throws Exception {
        Keys keys = Keys.of(folder.resolve("server"), "server");
        Keys own = Keys.of(folder.resolve("own"), "gateway");
        int port = serve(new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(
                        new PemTrustOptions().addCertPath(own.certificate().toString()))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(keys.certificate().toString())
                        .addKeyPath(keys.key().toString())));
        String url = "upstreams.default.url=https://localhost:" + port;
        String speak = "upstreams.default.protocol=" + protocol;
        String ca = "upstreams.default.tls.ca=" + keys.certificate();
        try (Edge edge = new Edge(
                                url,
                                speak,
                                ca,
                                "upstreams.default.tls.certificate=" + own.certificate(),
                                "upstreams.default.tls.key=" + own.key())
                        .capturing("/captured");
                Edge trustless = new Edge(url, speak);
                Edge nameless = new Edge(url, speak, ca)) {
            assertThat(call(edge, "PUT", "/plain", "shop.example").text()).isEqualTo("body");
            assertThat(call(edge, "PUT", "/captured", "shop.example").text()).isEqualTo("body");
            assertThat(call(trustless, "PUT", "/x", "shop.example").status()).isEqualTo(502);
            assertThat(call(nameless, "PUT", "/x", "shop.example").status()).isEqualTo(502);
        }
        String version = protocol.equals("http1") ? "HTTP_1_1" : "HTTP_2";
        assertThat(seen)
                .hasSize(2)
                .allMatch(one -> one.startsWith(version) && one.contains(" localhost:" + port + " shop.example"));
    }

    @Test
    void targetsAreTakenInTurnAndDeadOnesLeftOut() throws Exception {
        int first = serve(new HttpServerOptions());
        int second = serve(new HttpServerOptions());
        int dead;
        try (ServerSocket none = new ServerSocket(0)) {
            dead = none.getLocalPort();
        }
        try (Edge edge = new Edge(
                "edge.limits.event-loops=1",
                "upstreams.default.targets[0]=http://127.0.0.1:" + first,
                "upstreams.default.targets[1]=http://127.0.0.1:" + dead,
                "upstreams.default.targets[2]=http://127.0.0.1:" + second,
                "upstreams.default.host=upstream",
                "upstreams.default.ejection.failures=2")) {
            for (int i = 0; i < 12; i++) {
                assertThat(call(edge, "POST", "/x", "a").status()).isEqualTo(200);
            }
        }
        assertThat(seen).hasSize(12);
        Set<String> hosts = new TreeSet<>();
        for (String one : seen) hosts.add(one.split(" ")[3]);
        assertThat(hosts).containsExactlyInAnyOrder("127.0.0.1:" + first, "127.0.0.1:" + second);
    }

    @Test
    void anUpstreamMayBeBelowAPath() throws Exception {
        int port = serve(new HttpServerOptions());
        try (Edge edge = new Edge("upstreams.default.url=http://127.0.0.1:" + port + "/api/").capturing("/captured")) {
            call(edge, "PUT", "/../a%2F//b/%2e%2e/c?q=/..", "a");
            call(edge, "PUT", "/captured", "a");
            call(edge, "PUT", "http://a/abs", "a");
            call(edge, "OPTIONS", "*", "a");
            call(edge, "OPTIONS", "http://a", "a");
        }
        assertThat(seen.stream().map(one -> one.split(" ")[2]))
                .containsExactly("/api/a%2F//c?q=/..", "/api/captured", "/api/abs", "*", "*");
    }

    @Test
    void routesChooseTheUpstreamOfWhatIsNotCaptured() throws Exception {
        RecordingUpstream[] systems = new RecordingUpstream[4];
        for (int i = 0; i < 4; i++) {
            String reply = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + i;
            systems[i] = new RecordingUpstream(RecordingUpstream.always(reply));
        }
        try (Edge edge = new Edge(
                        systems[0].port(),
                        "upstreams.crm.url=http://127.0.0.1:" + systems[1].port(),
                        "upstreams.deep.url=http://127.0.0.1:" + systems[2].port(),
                        "upstreams.shop.url=http://127.0.0.1:" + systems[3].port(),
                        "edge.routes[0].path=/crm",
                        "edge.routes[0].upstream=crm",
                        "edge.routes[0].strip-prefix=true",
                        "edge.routes[1].path=/crm/deep",
                        "edge.routes[1].upstream=deep",
                        "edge.routes[2].host=shop.example",
                        "edge.routes[2].upstream=shop")
                .capturing("/crm/captured")) {
            assertThat(call(edge, "PUT", "/crm/a//b?x=1", "a").text()).isEqualTo("1");
            assertThat(call(edge, "PUT", "/crm?x", "a").text()).isEqualTo("1");
            assertThat(call(edge, "PUT", "//%63rm/z", "a").text()).isEqualTo("1");
            assertThat(call(edge, "PUT", "/crmx", "a").text()).isEqualTo("0");
            assertThat(call(edge, "PUT", "/crm/deep/1", "a").text()).isEqualTo("2");
            assertThat(call(edge, "PUT", "/crm/../crm/deep", "a").text()).isEqualTo("2");
            assertThat(call(edge, "PUT", "/crm/deep", "SHOP.example:8080").text())
                    .isEqualTo("3");
            assertThat(call(edge, "PUT", "/crm/captured", "a").text()).isEqualTo("0");
            assertThat(systems[1].seen()).extracting(RawMessage::target).containsExactly("/a//b?x=1", "/?x", "/z");
            assertThat(systems[2].seen())
                    .extracting(RawMessage::target)
                    .containsExactly("/crm/deep/1", "/crm/../crm/deep");
        } finally {
            for (RecordingUpstream system : systems) system.close();
        }
    }

    @Test
    void fieldsOfTheWayAreConfigurable() throws Exception {
        try (RecordingUpstream upstream =
                new RecordingUpstream(RecordingUpstream.always("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))) {
            try (Edge edge = new Edge(upstream.port(), "edge.forwarded-fields=both", "edge.via=edge-1")) {
                RawMessage reply = call(edge, "PUT", "/x", "shop.example");
                assertThat(reply.first("via")).contains("1.1 edge-1");
            }
            try (Edge edge = new Edge(upstream.port(), "edge.forwarded-fields=forwarded")) {
                assertThat(call(edge, "PUT", "/x", "a").first("via")).isEmpty();
            }
            RawMessage both = upstream.seen().get(0);
            assertThat(both.first("forwarded")).contains("for=127.0.0.1;proto=http;host=\"shop.example\"");
            assertThat(both.first("x-forwarded-for")).contains("127.0.0.1");
            assertThat(both.first("via")).contains("1.1 edge-1");
            RawMessage standard = upstream.seen().get(1);
            assertThat(standard.first("forwarded")).isPresent();
            assertThat(standard.first("x-forwarded-for")).isEmpty();
        }
    }
}
