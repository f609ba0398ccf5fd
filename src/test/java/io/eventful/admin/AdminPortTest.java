package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.routes.LiveGateway;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the admin port answers beside its resources. */
class AdminPortTest {

    private static final String AUTHORIZATION = "Authorization: Bearer " + LiveGateway.KEY + "\r\n";

    @TempDir
    static Path folder;

    private static LiveGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = new LiveGateway(folder.resolve("data"), Files.createDirectory(folder.resolve("routes")), Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** The whole reply to a request target that clients of Java would not send. */
    private static String get(String target, String fields) throws IOException {
        return send("GET", target, fields);
    }

    private static String send(String method, String target, String fields) throws IOException {
        URI admin = gateway.adminAddress();
        try (Socket socket = new Socket(admin.getHost(), admin.getPort())) {
            String request = method + " " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + fields + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void healthTellsItsPartsToWhoHasTheKey() throws IOException {
        assertThat(get("/actuator/health", AUTHORIZATION))
                .contains("\"status\":\"UP\"", "\"channels\"", "\"artemis\":\"connected\"");
        assertThat(get("/actuator/health", "")).contains("\"status\":\"UP\"").doesNotContain("components");
        assertThat(get("/actuator/health", "Authorization: Bearer wrong\r\n"))
                .contains("\"status\":\"UP\"")
                .doesNotContain("components");
    }

    @Test
    void aPartOfTheHealthIsToldToWhoHasTheKey() throws IOException {
        assertThat(get("/actuator/health/stores", AUTHORIZATION))
                .startsWith("HTTP/1.1 200")
                .contains("\"status\":\"UP\"");
        assertThat(get("/actuator/health/stores", "")).startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/deliveries/a%2Fb", "/api/deliveries/%00", "/api/changes?subject=/küche", "/api/\"x"})
    void whatTheServerCannotReadIsToldAsAProblem(String target) throws IOException {
        assertThat(get(target, AUTHORIZATION))
                .startsWith("HTTP/1.1 400")
                .contains("Content-Type: application/problem+json", "\"status\":400")
                .doesNotContain("<html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "nonsense", "application/json;q=x", ""})
    void whoAcceptsNoJsonIsToldSoAsAProblem(String accept) throws IOException {
        String fields = AUTHORIZATION + "Accept: " + accept + "\r\n";
        assertThat(get("/api/changes/99", fields))
                .containsPattern("^HTTP/1.1 40[46]")
                .contains("Content-Type: application/problem+json", "\"status\":40");
    }

    /** The request is not told back, as it is where TRACE is allowed. */
    @Test
    void traceIsRefusedAsAProblem() throws IOException {
        assertThat(send("TRACE", "/api/changes", AUTHORIZATION))
                .startsWith("HTTP/1.1 405")
                .contains("Content-Type: application/problem+json", "\"status\":405")
                .doesNotContain(LiveGateway.KEY);
        assertThat(send("TRACE", "/api/changes", ""))
                .containsPattern("^HTTP/1.1 40[15]")
                .contains("Content-Type: application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/changes", "/api/changes/1/reversal", "/actuator/prometheus"})
    void aPreflightRequestOfAForeignPageIsRefusedAsAProblem(String target) throws IOException {
        String fields = "Origin: https://elsewhere.example\r\nAccess-Control-Request-Method: POST\r\n";
        assertThat(send("OPTIONS", target, AUTHORIZATION + fields))
                .startsWith("HTTP/1.1 403")
                .contains("Content-Type: application/problem+json", "\"status\":403")
                .doesNotContain("Access-Control-Allow");
        assertThat(send("OPTIONS", target, fields)).startsWith("HTTP/1.1 401");
    }

    @Test
    void bracketsInAQueryMeanThemselves() throws IOException {
        assertThat(get("/api/changes?subject=/a[1]{b}|c", AUTHORIZATION)).startsWith("HTTP/1.1 200");
    }
}
