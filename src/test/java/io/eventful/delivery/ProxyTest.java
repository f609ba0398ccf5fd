package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventful.subscription.SinkGuard;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sinks behind a proxy: who resolves names, what the proxy is asked, and that the guard stands in each case. */
class ProxyTest {

    @TempDir
    static Path folder;

    private static Certificates certificates;
    private static Path ca;
    private static String shop;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> resolved = new CopyOnWriteArrayList<>();
    private @Nullable WebhookClient client;
    private @Nullable SmallProxy proxy;

    @BeforeAll
    static void sign() throws Exception {
        certificates = new Certificates(folder);
        shop = certificates.store("-1d", 30, "shop.example");
        KeyStore store =
                KeyStore.getInstance(new java.io.File(certificates.trusted()), Certificates.PASSWORD.toCharArray());
        StringBuilder pem = new StringBuilder();
        for (String alias : Collections.list(store.aliases()))
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder()
                            .encodeToString(store.getCertificate(alias).getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        ca = Files.writeString(folder.resolve("ca.pem"), pem);
    }

    @AfterEach
    void close() throws Exception {
        if (client != null) client.close();
        if (proxy != null) proxy.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    /** A sink, with or without TLS, and a proxy that leads to it. */
    private int behindProxy(HttpServerOptions options, @Nullable String user, String... trusted) throws Exception {
        int port = vertx.createHttpServer(options)
                .requestHandler(request -> {
                    asked.add(request.authority() + " "
                            + request.connection().indicatedServerName() + " " + request.uri() + " "
                            + request.getHeader("Proxy-Authorization"));
                    request.response().setStatusCode(204).end();
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
        proxy = new SmallProxy(port);
        client = client(new EgressProxy(proxy.url(), user, user == null ? null : "secret", trusted.length > 0));
        return port;
    }

    private WebhookClient client(EgressProxy settings) {
        Resolver resolver = host -> {
            resolved.add(host);
            try {
                return switch (host) {
                    case "inside.example" -> found("10.0.0.1");
                    case "nowhere.example" -> throw new UnknownHostException(host);
                    case "shop.example" ->
                        CompletableFuture.completedFuture(
                                List.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 9})));
                    default -> found(host.equals("localhost") ? "::1" : host);
                };
            } catch (UnknownHostException unknown) {
                return CompletableFuture.failedFuture(unknown);
            }
        };
        SinkGuard guard = new SinkGuard(List.of("127.0.0.0/8"));
        return new WebhookClient(
                new Egress(resolver, guard::usable, settings), Rig.settings().limits(), SinkTrust.with(ca), null);
    }

    private static CompletableFuture<List<InetAddress>> found(String address) throws UnknownHostException {
        return CompletableFuture.completedFuture(List.of(InetAddress.getByName(address)));
    }

    private HttpServerOptions secure() {
        return new HttpServerOptions()
                .setSsl(true)
                .setSni(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PfxOptions().setPath(shop).setPassword(Certificates.PASSWORD));
    }

    private String send(String url) {
        Outcome outcome = client.send(
                        new WebhookRequest("POST", URI.create(url), Map.of("webhook-id", "1"), "{}".getBytes()),
                        Duration.ofSeconds(20))
                .orTimeout(25, TimeUnit.SECONDS)
                .join();
        return switch (outcome) {
            case Outcome.Answered answered -> Integer.toString(answered.status());
            case Outcome.Failed failed -> failed.reason();
        };
    }

    @Test
    void theCheckedAddressIsAskedForAndTheNameStaysWithinTls() throws Exception {
        int port = behindProxy(secure(), "gateway");
        assertThat(send("https://shop.example:" + port + "/hook?a=b")).isEqualTo("204");
        assertThat(asked).containsExactly("shop.example:" + port + " shop.example /hook?a=b null");
        assertThat(proxy.heads)
                .singleElement()
                .asString()
                .startsWith("CONNECT 127.0.0.9:" + port + " ")
                .contains("Basic " + Base64.getEncoder().encodeToString("gateway:secret".getBytes()))
                .doesNotContain("shop");
    }

    @Test
    void plainHttpGoesThroughATunnelToTheCheckedAddressToo() throws Exception {
        int port = behindProxy(new HttpServerOptions(), null);
        for (int i = 0; i < 3; i++)
            assertThat(send("http://shop.example:" + port + "/hook")).isEqualTo("204");
        assertThat(asked).hasSize(3).containsOnly("shop.example:" + port + " null /hook null");
        assertThat(proxy.heads)
                .as("one connection")
                .singleElement()
                .asString()
                .startsWith("CONNECT 127.0.0.9:" + port + " ");
    }

    @Test
    void theProxyIsNeverAskedForAForbiddenAddress() throws Exception {
        int port = behindProxy(new HttpServerOptions(), null);
        assertThat(send("http://inside.example:" + port + "/")).isEqualTo("forbidden-address");
        assertThat(send("http://nowhere.example:" + port + "/")).isEqualTo("dns");
        assertThat(proxy.heads).isEmpty();
    }

    @Test
    void aTrustedProxyResolvesNamesItself() throws Exception {
        int port = behindProxy(secure(), null, "trusted");
        assertThat(send("https://shop.example:" + port + "/hook")).isEqualTo("204");
        assertThat(proxy.heads).singleElement().asString().startsWith("CONNECT shop.example:" + port + " ");
        assertThat(resolved).containsOnly("127.0.0.1");
    }

    @Test
    void aTrustedProxyForwardsPlainHttp() throws Exception {
        int port = behindProxy(new HttpServerOptions(), "gateway", "trusted");
        assertThat(send("http://nowhere.example:" + port + "/hook?a=b")).isEqualTo("204");
        assertThat(proxy.heads)
                .singleElement()
                .asString()
                .startsWith("POST http://nowhere.example:" + port + "/hook?a=b HTTP/1.1\r\n");
        assertThat(asked).singleElement().asString().contains("Basic ");
    }

    @Test
    void aTrustedProxyIsNotAskedForAddressesThatAreForbiddenHere() throws Exception {
        int port = behindProxy(new HttpServerOptions(), null, "trusted");
        assertThat(send("http://10.0.0.1:" + port + "/")).isEqualTo("forbidden-address");
        assertThat(send("http://localhost:" + port + "/")).isEqualTo("forbidden-address");
        assertThat(send("http://[::1]:" + port + "/")).isEqualTo("forbidden-address");
        assertThat(proxy.heads).isEmpty();
    }

    @Test
    void aProxyThatRefusesIsTheReason() throws Exception {
        int port = behindProxy(secure(), null);
        proxy.answer = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
        assertThat(send("https://shop.example:" + port + "/")).isEqualTo("proxy");
        assertThat(send("http://shop.example:" + port + "/")).isEqualTo("proxy");
        assertThat(asked).isEmpty();
        proxy.close();
        assertThat(send("https://shop.example:" + port + "/")).isEqualTo("proxy");
        client.close();
        client = client(new EgressProxy(URI.create("http://nowhere.example:1"), null, null, false));
        assertThat(send("http://shop.example:" + port + "/")).isEqualTo("proxy");
    }

    /** Of what a trusted proxy answers in the place of a sink, only 407 is never the sink's. */
    @Test
    void aProxyThatWantsAnotherPasswordIsTheReasonInEveryForm() throws Exception {
        int port = behindProxy(secure(), "gateway", "trusted");
        proxy.answer = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"egress\"\r\n"
                + "Content-Length: 0\r\n\r\n";
        assertThat(send("https://shop.example:" + port + "/")).isEqualTo("proxy");
        assertThat(send("http://shop.example:" + port + "/")).isEqualTo("proxy");
        assertThat(proxy.heads).extracting(head -> head.split(" ")[0]).containsExactly("CONNECT", "POST");
    }

    @Test
    void settingsThatMeanNothingAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EgressProxy(null, null, null, true))
                .withMessageContaining("eventful.delivery.proxy.url");
        for (String url : new String[] {"https://p", "socks5://p", "http://u:p@p", "http://p/x", "p:3128"})
            assertThatIllegalArgumentException()
                    .as(url)
                    .isThrownBy(() -> new EgressProxy(URI.create(url), null, null, false))
                    .withMessageNotContaining("u:p");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EgressProxy(URI.create("http://p:1"), "u", null, false))
                .withMessageContaining("password");
        assertThat(new EgressProxy(URI.create("http://p:1"), "u", "secret", false).toString())
                .doesNotContain("secret");
        assertThat(Rig.settings("proxy.url=http://p:3128", "proxy.trusted=true")
                        .proxy()
                        .trusted())
                .isTrue();
    }
}
