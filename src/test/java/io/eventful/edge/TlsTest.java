package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data port with TLS: HTTP/2 by ALPN, HTTP/1.1 for others, and a certificate that is renewed while it runs. */
class TlsTest {

    @TempDir
    Path folder;

    private RecordingUpstream upstream;
    private Keys keys;
    private Edge edge;

    @BeforeEach
    void start() throws Exception {
        upstream = new RecordingUpstream(RecordingUpstream.always("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        keys = Keys.of(folder.resolve("used"), "first");
        edge = new Edge(upstream.port(), "edge.tls.certificate=" + keys.certificate(), "edge.tls.key=" + keys.key())
                .capturing("/captured");
    }

    @AfterEach
    void stop() throws IOException {
        edge.close();
        upstream.close();
    }

    private static SSLContext trusting(Keys... all) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null);
        for (Keys one : all) {
            try (var in = Files.newInputStream(one.certificate())) {
                trusted.setCertificateEntry(
                        one.folder().toString(),
                        CertificateFactory.getInstance("X.509").generateCertificate(in));
            }
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private HttpResponse<String> call(HttpClient client, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + edge.port() + path))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private SSLSocket connect(SSLContext context) throws IOException {
        return (SSLSocket) context.getSocketFactory().createSocket("localhost", edge.port());
    }

    private static String presented(SSLSocket socket) throws IOException {
        socket.startHandshake();
        X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    private static String exchange(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("GET /a HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return RawMessage.read(socket.getInputStream(), RawMessage.Kind.REPLY).text();
    }

    @Test
    void clientsChooseHttp2OrHttp1() throws Exception {
        try (HttpClient client =
                        HttpClient.newBuilder().sslContext(trusting(keys)).build();
                SSLSocket old = connect(trusting(keys))) {
            for (String path : new String[] {"/plain", "/captured"}) {
                HttpResponse<String> reply = call(client, path);
                assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(reply.body()).isEqualTo("ok");
            }
            assertThat(upstream.seen())
                    .allSatisfy(
                            seen -> assertThat(seen.first("x-forwarded-proto")).contains("https"));
            assertThat(exchange(old)).isEqualTo("ok");
            assertThat(edge.server().publicUrl()).isEqualTo("https://localhost:" + edge.port());
        }
    }

    @Test
    void changedFilesAreTakenForNewConnectionsOnceTheyBelongTogether() throws Exception {
        Keys next = Keys.of(folder.resolve("next"), "second");
        Path first = folder.resolve("first.pem");
        Files.copy(keys.certificate(), first);
        SSLContext context = trusting(new Keys(first, first, first), next);
        try (SSLSocket old = connect(context)) {
            assertThat(exchange(old)).isEqualTo("ok");
            Files.copy(next.certificate(), keys.certificate(), StandardCopyOption.REPLACE_EXISTING);
            await().pollDelay(Duration.ofMillis(1200)).untilAsserted(() -> {
                try (SSLSocket between = connect(context)) {
                    assertThat(presented(between)).isEqualTo("CN=first");
                }
            });
            Files.copy(next.key(), keys.key(), StandardCopyOption.REPLACE_EXISTING);
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                try (SSLSocket renewed = connect(context)) {
                    assertThat(presented(renewed)).isEqualTo("CN=second");
                    assertThat(exchange(renewed)).isEqualTo("ok");
                }
            });
            try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
                assertThat(call(client, "/plain").version()).isEqualTo(HttpClient.Version.HTTP_2);
            }
        }
    }

    @Test
    void aConnectionOutlivesTheRenewal() throws Exception {
        Keys next = Keys.of(folder.resolve("next"), "second");
        SSLContext context = trusting(keys, next);
        try (SSLSocket old = connect(context)) {
            assertThat(exchange(old)).isEqualTo("ok");
            Files.copy(next.certificate(), keys.certificate(), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(next.key(), keys.key(), StandardCopyOption.REPLACE_EXISTING);
            await().atMost(Duration.ofSeconds(5))
                    .pollInterval(Duration.ofMillis(300))
                    .untilAsserted(() -> {
                        assertThat(exchange(old)).isEqualTo("ok");
                        try (SSLSocket renewed = connect(context)) {
                            assertThat(presented(renewed)).isEqualTo("CN=second");
                        }
                    });
            assertThat(exchange(old)).isEqualTo("ok");
        }
    }

    @Test
    void aHandshakeThatNeverEndsAndClearTextAreClosed() throws Exception {
        try (Edge hasty = new Edge(
                        upstream.port(),
                        "edge.tls.certificate=" + keys.certificate(),
                        "edge.tls.key=" + keys.key(),
                        "edge.limits.head-timeout=600ms",
                        "edge.limits.keep-alive=1500ms");
                Socket silent = new Socket("127.0.0.1", hasty.port())) {
            silent.setSoTimeout(5_000);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            try (RawClient clear = new RawClient(hasty.port())) {
                clear.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                // A TLS alert, or nothing.
                assertThat(first(clear)).isIn(-1, 21);
            }
            assertThat(upstream.seen()).isEmpty();
        }
    }

    /** The first byte of an answer; -1 also when the connection is reset, with bytes that nobody wanted. */
    private static int first(RawClient client) throws IOException {
        try {
            return client.in().read();
        } catch (SocketException reset) {
            return -1;
        }
    }

    @Test
    void filesThatCannotBeUsedStopTheStart() throws Exception {
        Keys other = Keys.of(folder.resolve("other"), "other");
        for (String key : new String[] {
            folder + "/missing.pem", keys.certificate().toString(), other.key().toString()
        }) {
            String[] settings = {"edge.tls.certificate=" + keys.certificate(), "edge.tls.key=" + key};
            EdgeEngine engine = Bound.engine(new RoutingTable(), settings);
            engine.start();
            try {
                assertThatThrownBy(engine::listen)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("eventful.edge.tls")
                        .hasMessageContaining(key);
            } finally {
                engine.stop();
            }
        }
    }

    @Test
    void filesOfAnUpstreamThatCannotBeUsedStopTheStart() throws Exception {
        for (String tls : new String[] {
            "ca=" + folder + "/missing.pem", "certificate=" + keys.certificate() + "|key=" + folder + "/missing.pem"
        }) {
            String[] settings = Stream.concat(
                            Stream.of("url=https://127.0.0.1:1"),
                            Stream.of(tls.split("\\|")).map(file -> "tls." + file))
                    .map(key -> "upstreams.crm." + key)
                    .toArray(String[]::new);
            EdgeEngine engine = Bound.engine(new RoutingTable(), settings);
            try {
                assertThatThrownBy(engine::start)
                        .hasMessageStartingWith("eventful.upstreams.crm.tls")
                        .hasMessageContaining("missing.pem");
            } finally {
                engine.stop();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET  /x HTTP/1.1\r\nHost: a\r\n\r\n",
                "PUT /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2 3\r\nab\r\n0\r\n\r\n"
            })
    void whatIsMalformedIsRefused(String request) throws Exception {
        try (SSLSocket socket = connect(trusting(keys))) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            RawMessage reply = RawMessage.read(socket.getInputStream(), RawMessage.Kind.REPLY);
            assertThat(reply.startLine()).isEqualTo("HTTP/1.1 400 Bad Request");
        }
        assertThat(upstream.seen()).isEmpty();
    }
}
