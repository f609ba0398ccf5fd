package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.subscription.SinkGuard;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sinks behind TLS: the JDK's trust store decides, the name is checked, and the server learns it (SNI). */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class TlsTest {

    @TempDir
    static Path folder;

    private static Certificates certificates;
    private static String shop;
    private static String old;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> remotes = new CopyOnWriteArrayList<>();
    private final List<String> names = new CopyOnWriteArrayList<>();
    private final List<String> hosts = new CopyOnWriteArrayList<>();
    private final List<String> authorities = new CopyOnWriteArrayList<>();
    private WebhookClient client;

    @BeforeAll
    static void sign() {
        certificates = new Certificates(folder);
        shop = certificates.store("-1d", 30, "shop.example", "www.shop.example", "127.0.0.1", "::1");
        old = certificates.store("-30d", 10, "old.example");
    }

    @BeforeEach
    void trust() throws Exception {
        System.setProperty("javax.net.ssl.trustStore", certificates.trusted());
        System.setProperty("javax.net.ssl.trustStorePassword", Certificates.PASSWORD);
        client = client();
    }

    private static WebhookClient client() throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        return new WebhookClient(
                host -> CompletableFuture.completedFuture(List.of(loopback)),
                new SinkGuard(List.of("127.0.0.0/8"))::usable,
                Rig.settings().limits(),
                null);
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    @AfterAll
    static void forget() {
        System.clearProperty("javax.net.ssl.trustStore");
        System.clearProperty("javax.net.ssl.trustStorePassword");
    }

    private int sink(String store) {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setSni(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(new PfxOptions().setPath(store).setPassword(Certificates.PASSWORD)))
                .requestHandler(request -> {
                    remotes.add(request.remoteAddress().hostAddress());
                    hosts.addAll(request.headers().getAll("host"));
                    authorities.add(String.valueOf(request.authority()));
                    names.add(request.connection().indicatedServerName() + " " + request.version());
                    request.response().setStatusCode(204).end();
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return server.actualPort();
    }

    private Outcome send(String url) {
        return client.send(
                        new WebhookRequest("POST", URI.create(url), Map.of("webhook-id", "1"), "{}".getBytes()),
                        Duration.ofSeconds(10))
                .orTimeout(15, TimeUnit.SECONDS)
                .join();
    }

    private static void refused(Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo("tls"));
    }

    @Test
    void aTrustedSinkIsCalledByItsNameAndByHttp2() {
        int port = sink(shop);
        assertThat(send("https://www.shop.example:" + port + "/hook"))
                .isInstanceOfSatisfying(
                        Outcome.Answered.class,
                        answered -> assertThat(answered.status()).isEqualTo(204));
        assertThat(names).containsExactly("www.shop.example HTTP_2");
        assertThat(authorities).containsExactly("www.shop.example:" + port);
        assertThat(hosts).as("nginx, for one, refuses it beside the authority").isEmpty();
    }

    /** Such as Node's {@code additionalHeaders}, while it works. */
    @Test
    void interimRepliesAreNotTheReplyByHttp2Either() throws Exception {
        try (RawHttp2 server = new RawHttp2(shop, (out, stream) -> {
            for (String status : List.of("102", "103", "100", "104", "102"))
                out.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, RawHttp2.field(":status", status));
            out.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, RawHttp2.OK);
            out.frame(RawHttp2.DATA, RawHttp2.END_STREAM, stream, (byte) 'x');
        })) {
            for (int i = 0; i < 3; i++)
                assertThat(send(server.url()))
                        .isInstanceOfSatisfying(
                                Outcome.Answered.class,
                                answered -> assertThat(answered.status()).isEqualTo(200));
        }
    }

    /** Neither an address nor a name with the dot of the root is one for TLS (RFC 6066, section 3). */
    @ParameterizedTest
    @CsvSource({"127.0.0.1, null", "[0:0:0:0:0:0:0:1], null", "www.shop.example., www.shop.example"})
    void aSinkWithoutANameForTlsIsCalledToo(String host, String name) {
        assertThat(send("https://" + host + ":" + sink(shop) + "/hook"))
                .isInstanceOfSatisfying(
                        Outcome.Answered.class,
                        answered -> assertThat(answered.status()).isEqualTo(204));
        assertThat(names).containsExactly(name + " HTTP_2");
    }

    @Test
    void theHandshakeIsTimedApartFromTheConnect() {
        String url = "https://www.shop.example:" + sink(shop) + "/hook";
        Phases first = send(url).phases();
        // Which takes longer is the machine's; with nothing told apart there would be no handshake.
        assertThat(first.tls()).isPositive();
        assertThat(first.connect()).isNotNegative();
        assertThat(first.dns() + first.connect() + first.tls() + first.firstByte())
                .isLessThanOrEqualTo(first.total());
        assertThat(send(url).phases().tls()).as("on a kept connection").isEqualTo(-1);
    }

    @Test
    void aSinkOfAnotherNameIsRefused() {
        refused(send("https://bank.example:" + sink(shop) + "/hook"));
        assertThat(names).isEmpty();
    }

    @Test
    void anExpiredCertificateIsRefused() {
        refused(send("https://old.example:" + sink(old) + "/hook"));
        assertThat(names).isEmpty();
    }

    @Test
    void anAuthorityOfOnesOwnIsTrustedBesideThoseOfTheJdk() throws Exception {
        KeyStore store =
                KeyStore.getInstance(new java.io.File(certificates.trusted()), Certificates.PASSWORD.toCharArray());
        StringBuilder pem = new StringBuilder();
        for (String alias : java.util.Collections.list(store.aliases()))
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder()
                            .encodeToString(store.getCertificate(alias).getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        Path ca = Files.writeString(folder.resolve("ca.pem"), pem);
        System.clearProperty("javax.net.ssl.trustStore");
        client.close();
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        client = new WebhookClient(
                new Egress(
                        host -> CompletableFuture.completedFuture(List.of(loopback)),
                        new SinkGuard(List.of("127.0.0.0/8"))::usable,
                        null),
                Rig.settings().limits(),
                SinkTrust.with(ca),
                "127.0.0.5");
        assertThat(send("https://www.shop.example:" + sink(shop) + "/hook")).isInstanceOf(Outcome.Answered.class);
        refused(send("https://bank.example:" + sink(shop) + "/hook"));
        assertThat(remotes).containsExactly("127.0.0.5");
    }

    @Test
    void anAuthorityThatTheJdkDoesNotTrustIsRefused() throws Exception {
        System.clearProperty("javax.net.ssl.trustStore");
        client.close();
        client = client();
        refused(send("https://shop.example:" + sink(shop) + "/hook"));
        assertThat(names).isEmpty();
    }
}
