package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upstream with TLS and a certificate for {@code localhost}. */
class UpstreamTlsIT {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    private final Queue<String> hosts = new ConcurrentLinkedQueue<>();
    private Vertx vertx;
    private Path store;
    private int port;

    @BeforeEach
    void start() throws Exception {
        store = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "upstream",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .start();
        assertThat(keytool.waitFor()).isZero();
        vertx = Vertx.vertx();
        PfxOptions keys = new PfxOptions().setPath(store.toString()).setPassword(PASSWORD);
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().setSsl(true).setKeyCertOptions(keys))
                .requestHandler(request -> {
                    hosts.add(String.valueOf(request.getHeader("Host")));
                    request.response().end("secret");
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        port = server.actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private RawMessage call(String url, String... options) throws Exception {
        try (EdgeProcess edge = new EdgeProcess(url, options);
                RawClient client = new RawClient(edge.port())) {
            return client.send("PUT /x HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 1\r\n\r\nx")
                    .reply();
        }
    }

    private String[] trusting() {
        return new String[] {"-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD};
    }

    @Test
    void isCalledByItsOwnNameWhenItsCertificateIsTrusted() throws Exception {
        assertThat(call("https://localhost:" + port, trusting()).text()).isEqualTo("secret");
        assertThat(hosts).containsExactly("localhost:" + port);
    }

    @Test
    void getsNothingWhenItsCertificateIsForAnotherName() throws Exception {
        RawMessage reply = call("https://127.0.0.1:" + port, trusting());
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.text()).contains("nothing was sent");
        assertThat(hosts).isEmpty();
    }

    @Test
    void getsNothingWhenItsCertificateIsNotTrusted() throws Exception {
        assertThat(call("https://localhost:" + port).status()).isEqualTo(502);
        assertThat(hosts).isEmpty();
    }
}
