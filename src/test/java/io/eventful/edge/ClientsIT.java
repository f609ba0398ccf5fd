package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that people use, each with its own habits: curl, Python's http.client, the JDK's HttpClient. */
class ClientsIT {

    private static RecordingUpstream upstream;
    private static Edge edge;

    @BeforeAll
    static void start() throws IOException {
        upstream = new RecordingUpstream(peer -> {
            RawMessage head = RawMessage.head(peer.in());
            if (head.first("expect").isPresent()) peer.write("HTTP/1.1 100 Continue\r\n\r\n");
            RawMessage request = head.withBody(peer.in(), RawMessage.Kind.REQUEST);
            String text = request.method() + " " + request.target() + " " + request.body().length;
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
        });
        edge = new Edge(upstream.port()).capturing("/captured");
    }

    @AfterAll
    static void stop() throws IOException {
        edge.close();
        upstream.close();
    }

    static String run(String... command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException notInstalled) {
            assumeTrue(false, command[0] + " is not installed");
            throw notInstalled;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    static String python(int port, String path) {
        return """
                import http.client
                c = http.client.HTTPConnection("127.0.0.1", %d)
                for method, body in [("GET", None), ("POST", b"x" * 100000), ("PUT", iter([b"ab", b"cd"])), ("DELETE", None)]:
                    c.request(method, "%s", body, encode_chunked=True)
                    print(c.getresponse().read().decode())
                """.formatted(port, path);
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + edge.port() + path;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void curl(String path) throws Exception {
        assertThat(run("curl", "-s", url(path))).isEqualTo("GET " + path + " 0");
        assertThat(run("curl", "-s", "-d", "a=1", url(path))).isEqualTo("POST " + path + " 3");
        assertThat(run("curl", "-s", "-X", "PUT", "-H", "Transfer-Encoding: chunked", "-d", "abc", url(path)))
                .isEqualTo("PUT " + path + " 3");
        assertThat(run("curl", "-s", "--http2", "-X", "DELETE", url(path))).isEqualTo("DELETE " + path + " 0");
        assertThat(run("curl", "-s", "--http2-prior-knowledge", "-d", "abc", url(path)))
                .isEqualTo("POST " + path + " 3");
        assertThat(run("curl", "-s", "--http1.0", "-d", "a=1", url(path))).isEqualTo("POST " + path + " 3");
        assertThat(run("curl", "-s", "-F", "f=x", url(path))).startsWith("POST " + path + " 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void python(String path) throws Exception {
        assertThat(run("python3", "-c", python(edge.port(), path)).lines())
                .containsExactly(
                        "GET " + path + " 0",
                        "POST " + path + " 100000",
                        "PUT " + path + " 4",
                        "DELETE " + path + " 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void theJdksClientWhichOffersHttp2AtFirst(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String method : List.of("GET", "POST", "PATCH")) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(url(path)))
                        .expectContinue(method.equals("PATCH"))
                        .method(
                                method,
                                method.equals("GET")
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString("hello"))
                        .build();
                assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .isEqualTo(method + " " + path + " " + (method.equals("GET") ? 0 : 5));
            }
        }
    }
}
