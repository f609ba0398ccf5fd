package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.subscription.SinkGuard;
import io.eventful.subscription.SubscriptionRequest;
import io.eventful.subscription.TestSubscriptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sinks that ask for a certificate (mutual TLS). */
class ClientCertificateTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> subjects = new CopyOnWriteArrayList<>();
    private WebhookClient client;
    private String certificate;
    private String key;
    private int port;

    @BeforeEach
    void open() throws Exception {
        Certificates certificates = new Certificates(folder);
        String server = certificates.store("-1d", 30, "shop.example");
        Path own = Path.of(certificates.store("-1d", 30, "gateway.example"));
        certificate = Files.readString(folder.resolve("gateway.example.pem"));
        key = key(own, "gateway.example");
        String authority = folder.resolve("ca.pem").toString();
        port = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setClientAuth(ClientAuth.REQUIRED)
                        .setTrustOptions(new PemTrustOptions().addCertPath(authority))
                        .setKeyCertOptions(new PfxOptions().setPath(server).setPassword(Certificates.PASSWORD)))
                .requestHandler(request -> {
                    try {
                        subjects.add(request.sslSession().getPeerPrincipal().getName());
                        request.response().setStatusCode(204).end();
                    } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
                        request.response().setStatusCode(403).end();
                    }
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .actualPort();
        client = new WebhookClient(
                host -> CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress())),
                new SinkGuard(List.of("127.0.0.0/8"))::usable,
                Rig.settings().limits(),
                new PemTrustOptions().addCertPath(authority));
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static String key(Path file, String alias) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] password = Certificates.PASSWORD.toCharArray();
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password);
        }
        byte[] encoded = store.getKey(alias, password).getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
                + "\n-----END PRIVATE KEY-----\n";
    }

    private ObjectNode document(String sink) {
        ObjectNode document = JSON.createObjectNode().put("sink", sink).put("protocol", "HTTP");
        document.putObject("sinkcredential")
                .put("credentialtype", "CERTIFICATE")
                .put("certificate", certificate)
                .put("privatekey", key);
        return document;
    }

    private Outcome send(ClientIdentity identity) {
        return client.send(
                        new WebhookRequest(
                                "POST",
                                URI.create("https://shop.example:" + port + "/hook"),
                                List.of(Field.of("webhook-id", "1")),
                                "{}".getBytes(),
                                identity),
                        Duration.ofSeconds(20))
                .orTimeout(40, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void theCertificateIsShownToTheSinkOfTheSubscription() {
        SubscriptionRequest request = TestSubscriptions.request(
                document("https://127.0.0.1:" + port + "/hook").toString());
        ClientIdentity identity = ClientIdentity.of(request.sinkCredential());
        assertThat(send(identity))
                .isInstanceOfSatisfying(
                        Outcome.Answered.class,
                        answered -> assertThat(answered.status()).isEqualTo(204));
        assertThat(subjects).containsExactly("CN=gateway.example");
        assertThat(identity.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void theSinkIsAskedForConsentWithItToo() {
        String sink = "https://shop.example:" + port + "/hook";
        GuardedConsentClient consent = new GuardedConsentClient(client, Duration.ofSeconds(20));
        assertThat(consent.options(URI.create(sink), Map.of(), document(sink).get("sinkcredential")))
                .succeedsWithin(Duration.ofSeconds(40))
                .satisfies(reply -> assertThat(reply.status()).isEqualTo(204));
        assertThat(subjects).containsExactly("CN=gateway.example");
    }

    @Test
    void whoeverShowsNoneOrABrokenOneIsNotServed() {
        assertThat(send(null)).isInstanceOf(Outcome.Failed.class);
        assertThat(send(new ClientIdentity(certificate, "nonsense"))).isInstanceOf(Outcome.Failed.class);
        assertThat(subjects).isEmpty();
    }

    @Test
    void aKeyOfAnotherCertificateOrAnUnsafeSinkIsRefusedAtOnce() throws Exception {
        Certificates others = new Certificates(Files.createDirectory(folder.resolve("others")));
        ObjectNode wrong = document("https://127.0.0.1/hook");
        String other = key(Path.of(others.store("-1d", 30, "other.example")), "other.example");
        ((ObjectNode) wrong.get("sinkcredential")).put("privatekey", other);
        assertThat(catchThrowable(() -> TestSubscriptions.request(wrong.toString())))
                .hasMessageContaining("/sinkcredential/privatekey: does not belong")
                .hasMessageNotContaining("BEGIN");
        assertThat(catchThrowable(() -> TestSubscriptions.request(
                        document("http://127.0.0.1/hook").toString())))
                .hasMessageContaining("/sinkcredential: a client certificate requires TLS");
        ((ObjectNode) wrong.get("sinkcredential")).put("privatekey", "garbage");
        assertThat(catchThrowable(() -> TestSubscriptions.request(wrong.toString())))
                .hasMessageContaining("PKCS #8");
    }
}
