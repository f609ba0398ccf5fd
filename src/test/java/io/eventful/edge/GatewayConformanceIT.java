package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.harness.WebhookReceiver;
import io.eventful.routes.LiveGateway;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything at once: the whole gateway with its ledger, the shipped routes and a subscriber, every write captured. Each
 * case of {@link ConformanceTest}, and clients that people use, find the system behind it as it is.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GatewayConformanceIT {

    private static final String PATH = "/orders/7";
    private static final String PAGE = """
            <html><body><pre id="out"></pre><script>
            (async () => {
              let out = "";
              for (const [method, body] of [["GET"], ["POST", "a=1"], ["PUT", "x".repeat(100000)], ["PATCH", "{}"], ["DELETE"]]) {
                const reply = await fetch("/orders/7?from=fetch", {method, body});
                out += method + " " + reply.status + " " + (await reply.text()) + "\\n";
              }
              document.getElementById("out").textContent = out + "done";
            })();
            </script></body></html>
            """;

    @TempDir
    static Path folder;

    private static RecordingUpstream upstream;
    private static LiveGateway gateway;
    private static WebhookReceiver receiver;
    private static LoopWatch loops;

    @BeforeAll
    static void start() throws IOException {
        upstream = new RecordingUpstream(RecordingUpstream.always("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
        receiver = new WebhookReceiver();
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.copy(Path.of("routes/everything.yaml"), routes.resolve("everything.yaml"));
        gateway = new LiveGateway(
                folder.resolve("data"),
                routes,
                Map.of(
                        "eventful.upstreams.default.url",
                        "http://127.0.0.1:" + upstream.port(),
                        "eventful.edge.limits.loop-blocked",
                        "50ms"));
        JsonNode subscription = gateway.admin(
                "POST", "/api/subscriptions", "{\"sink\":\"" + receiver.address() + "\",\"protocol\":\"HTTP\"}");
        receiver.secret(subscription.at("/config/secret").asText());
        loops = LoopWatch.begin();
    }

    @AfterAll
    static void stop() throws IOException {
        loops.close();
        gateway.close();
        receiver.close();
        upstream.close();
    }

    /** Reads are not captured, so each case that is one is a write too. */
    static Stream<ConformanceTest.Case> cases() throws IOException {
        return ConformanceTest.cases().flatMap(one -> {
            String request = new String(one.request(), StandardCharsets.ISO_8859_1);
            if (!request.startsWith("GET ")) return Stream.of(one);
            byte[] write = ("PUT " + request.substring(4)).getBytes(StandardCharsets.ISO_8859_1);
            return Stream.of(one, new ConformanceTest.Case("as a write: " + one.name(), write, one.reply()));
        });
    }

    private static int port() {
        return gateway.data("/").getPort();
    }

    /** What clients sent, as it came from the gateway; its own calls for images tell of no client. */
    private static List<RawMessage> forwarded() {
        return upstream.seen().stream()
                .filter(seen -> seen.first("x-forwarded-host").isPresent()
                        || seen.first("x-forwarded-for").isPresent())
                .toList();
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("cases")
    void passesUnchangedThroughTheWholeGateway(ConformanceTest.Case one) throws IOException {
        byte[] request = new String(one.request(), StandardCharsets.ISO_8859_1)
                .replace("PATH", PATH)
                .getBytes(StandardCharsets.ISO_8859_1);
        upstream.script(RecordingUpstream.always(one.reply()));
        upstream.seen().clear();
        RawMessage direct = ConformanceTest.exchange(upstream.port(), request);
        RawMessage seenDirect = upstream.seen().getFirst();
        upstream.seen().clear();
        RawMessage through = ConformanceTest.exchange(port(), request);
        assertThat(forwarded()).hasSize(1);
        ConformanceTest.assertSame(seenDirect, forwarded().getFirst());
        ConformanceTest.assertSame(direct, through);
        assertThat(through.trailers()).isEqualTo(direct.trailers());
    }

    private static void echo() {
        upstream.seen().clear();
        upstream.script(peer -> {
            RawMessage head = RawMessage.head(peer.in());
            if (head.first("expect").isPresent()) peer.write("HTTP/1.1 100 Continue\r\n\r\n");
            RawMessage request = head.withBody(peer.in(), RawMessage.Kind.REQUEST);
            peer.seen().add(request);
            boolean page = request.target().equals("/page");
            String text = page ? PAGE : request.method() + " " + request.target() + " " + request.body().length;
            peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/" + (page ? "html" : "plain") + "\r\nContent-Length: "
                    + text.length() + "\r\n\r\n" + text);
        });
    }

    @Order(2)
    @Test
    void curl() throws Exception {
        echo();
        String url = gateway.data(PATH).toString();
        for (String version : new String[] {"--http1.1", "--http1.0", "--http2", "--http2-prior-knowledge"}) {
            assertThat(ClientsIT.run("curl", "-s", version, url)).isEqualTo("GET " + PATH + " 0");
            assertThat(ClientsIT.run("curl", "-s", version, "-d", "a=1", url)).isEqualTo("POST " + PATH + " 3");
            assertThat(ClientsIT.run("curl", "-s", version, "-X", "DELETE", url))
                    .isEqualTo("DELETE " + PATH + " 0");
            assertThat(ClientsIT.run("curl", "-s", version, "-X", "PUT", "-d", "x".repeat(70_000), url))
                    .isEqualTo("PUT " + PATH + " 70000");
        }
    }

    @Order(2)
    @Test
    void python() throws Exception {
        echo();
        assertThat(ClientsIT.run("python3", "-c", ClientsIT.python(port(), PATH))
                        .lines())
                .containsExactly(
                        "GET " + PATH + " 0",
                        "POST " + PATH + " 100000",
                        "PUT " + PATH + " 4",
                        "DELETE " + PATH + " 0");
    }

    @Order(2)
    @Test
    void chromiumsFetch() throws Exception {
        echo();
        String dom = ClientsIT.run(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--user-data-dir=" + folder.resolve("chromium"),
                "--virtual-time-budget=20000",
                "--dump-dom",
                gateway.data("/page").toString());
        String target = PATH + "?from=fetch";
        assertThat(dom)
                .contains(
                        "GET 200 GET " + target + " 0",
                        "POST 200 POST " + target + " 3",
                        "PUT 200 PUT " + target + " 100000",
                        "PATCH 200 PATCH " + target + " 2",
                        "DELETE 200 DELETE " + target + " 0",
                        "done");
    }

    @Order(3)
    @Test
    void theSubscriberHeardOfIt() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(receiver.events())
                        .isNotEmpty()
                        .allMatch(event -> event.getSubject().startsWith("/orders")));
        assertThat(receiver.refused()).isEmpty();
    }

    @Order(3)
    @Test
    void prometheusHasTheNumbers() {
        assertThat(gateway.bean(PrometheusMeterRegistry.class).scrape())
                .contains("eventful_edge_requests_seconds_count{", "kind=\"captured\"", "kind=\"passed\"")
                .contains("eventful_edge_connections ");
    }

    @Order(4)
    @Test
    void noEventLoopWasBlocked() {
        assertThat(loops.blocked()).isEmpty();
    }
}
