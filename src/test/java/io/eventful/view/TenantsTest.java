package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.eventful.edge.Queries;
import io.eventful.routes.LiveGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tenants before a system that reads them at one place: whoever is of one tenant sees and writes nothing of another. */
class TenantsTest {

    private static final String ROUTE = """
        - route:
            from:
              uri: capture:/%1$s/{id}
              parameters: {scope: %2$s, queries: "view:%1$s"}
              steps:
                - transformDataType: {toType: "event:state"}
                - to: {uri: "view:%1$s"}
        """;

    private static final String A = "{\"of\":\"A\"}";

    @TempDir
    static Path folder;

    private static final Map<String, String> ITEMS = new ConcurrentHashMap<>();
    private static HttpServer system;
    private static LiveGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        system = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        system.createContext("/", TenantsTest::serve);
        system.start();
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(
                routes.resolve("a.yaml"),
                ROUTE.formatted("files", "tenant")
                        + ROUTE.formatted("named", "query:tenant")
                        + ROUTE.formatted("orders", "X-Tenant"));
        gateway = new LiveGateway(
                folder.resolve("data"),
                routes,
                Map.of(
                        "eventful.upstreams.default.url",
                        "http://127.0.0.1:" + system.getAddress().getPort()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        system.stop(0);
    }

    /** Orders name their tenant in the header, anything else in the query; without one it is that of the caller. */
    private static void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String caller = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                    .orElse("");
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
            Optional<String> named = path.startsWith("/orders")
                    ? Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Tenant"))
                    : Queries.parameter(query, "tenant").map(text -> text.substring(7));
            String tenant = named.orElse(caller);
            String key = tenant + path;
            if (exchange.getRequestMethod().equals("PUT"))
                ITEMS.put(key, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] item = ITEMS.getOrDefault(key, "{}").getBytes(StandardCharsets.UTF_8);
            boolean allowed = caller.equals("root") || caller.equals(tenant);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(allowed ? ITEMS.containsKey(key) ? 200 : 404 : 403, item.length);
            exchange.getResponseBody().write(item);
        }
    }

    private static void written(String path, String... fields) {
        String[] all = {"Authorization", "root", fields[0], fields[1]};
        assertThat(gateway.call("PUT", path, A, all).statusCode()).isEqualTo(200);
        String view = "/.eventful/views" + path;
        await().untilAsserted(() ->
                assertThat(gateway.call("GET", view, "", all).body()).isEqualTo(A));
    }

    @Test
    void theScopeOfAHeaderDoesNotOpenWhatTheQueryNames() {
        written("/files/1?tenant=A", "X-Any", "");
        written("/files/1?tenant=B", "X-Any", "");
        for (String read : new String[] {"/files/1?tenant=B", "/.eventful/views/files/1?tenant=B"})
            assertThat(gateway.call("GET", read, "", "Authorization", "B", "Tenant", "A")
                            .statusCode())
                    .isEqualTo(400);
        assertThat(gateway.call("PUT", "/files/1?tenant=B", "{}", "Authorization", "B", "Tenant", "A")
                        .statusCode())
                .isEqualTo(400);
        assertThat(ITEMS).containsEntry("B/files/1", A);
    }

    @Test
    void whereTheRouteSaysQueryTheHeaderIsOnlyPassedOn() {
        written("/named/1?tenant=A", "X-Any", "");
        written("/named/1?tenant=B", "X-Any", "");
        String forged = "{\"of\":\"B\"}";
        assertThat(gateway.call("PUT", "/named/1?tenant=B", forged, "Authorization", "B", "Tenant", "A")
                        .statusCode())
                .isEqualTo(200);
        await().untilAsserted(() -> assertThat(gateway.call("GET", "/named/1?tenant=B", "", "Authorization", "root")
                        .body())
                .isEqualTo(forged));
        assertThat(gateway.call("GET", "/named/1?tenant=A", "", "Authorization", "root")
                        .body())
                .isEqualTo(A);
        assertThat(gateway.call("GET", "/named/1?tenant=A", "", "Authorization", "B")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void theScopeOfAQueryDoesNotOpenWhatTheHeaderWouldName() {
        written("/orders/1", "X-Tenant", "A");
        ITEMS.put("B/orders/1", "{\"of\":\"B\"}");
        String view = "/.eventful/views/orders/1?X-Tenant=A";
        assertThat(gateway.call("GET", view, "", "Authorization", "B").statusCode())
                .isEqualTo(403);
        // The view does not answer; what the system itself says of such a call is its own.
        assertThat(gateway.call("GET", "/orders/1?X-Tenant=A", "", "Authorization", "B")
                        .body())
                .isEqualTo("{\"of\":\"B\"}");
    }
}
