package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestDslTest {

    private static final String ROUTES = """
            - restConfiguration: {bindingMode: "off"}
            - rest:
                path: /greetings
                get:
                  - path: /{name}
                    to: {uri: direct:greet}
                  - path: /fixed
                    produces: application/json
                    to: {uri: direct:fixed}
                post:
                  - to: {uri: direct:echo}
                delete:
                  - path: /{name}
                    to: {uri: direct:gone}
            - route:
                id: greet
                from:
                  uri: direct:greet
                  steps:
                    - setBody: {expression: {simple: {expression: "hello ${header.name} ${header.loud}"}}}
            - route:
                id: fixed
                from:
                  uri: direct:fixed
                  steps:
                    - setHeader: {name: Cache-Control, expression: {constant: {expression: no-store}}}
                    - setBody: {expression: {constant: {expression: '{"fixed":true}'}}}
            - route:
                id: echo
                from:
                  uri: direct:echo
                  steps:
                    - setHeader: {name: CamelHttpResponseCode, expression: {constant: {expression: "201"}}}
            - route:
                id: gone
                from:
                  uri: direct:gone
                  steps:
                    - throwException: {exceptionType: java.lang.IllegalStateException, message: "secret inside"}
            """;

    @TempDir
    static Path folder;

    private static LiveGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/greetings.yaml"), ROUTES);
        gateway = new LiveGateway(folder.resolve("data"), folder.resolve("routes"), Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void pathVariablesAndQueryAreHeaders() {
        HttpResponse<String> response = gateway.call("GET", "/greetings/Ada%20L?loud=yes", "");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("hello Ada L yes");
    }

    @Test
    void aLiteralPathIsMoreSpecificAndSetsItsOwnHeaders() {
        HttpResponse<String> response = gateway.call("GET", "/greetings/fixed", "");
        assertThat(response.body()).isEqualTo("{\"fixed\":true}");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void aBodyComesInAndGoesOutButTheCallersHeadersDoNot() {
        HttpResponse<String> response = gateway.call("POST", "/greetings", "{\"a\":1}", "X-Secret", "abc");
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("{\"a\":1}");
        assertThat(response.headers().firstValue("X-Secret")).isEmpty();
    }

    @Test
    void anotherMethodIsNotAllowedAndAFailureTellsNothing() {
        HttpResponse<String> notAllowed = gateway.call("PUT", "/greetings/Ada", "{}");
        assertThat(notAllowed.statusCode()).isEqualTo(405);
        assertThat(notAllowed.headers().firstValue("Allow")).hasValue("DELETE, GET, HEAD, OPTIONS");
        HttpResponse<String> failed = gateway.call("DELETE", "/greetings/Ada", "");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).doesNotContain("secret inside");
    }

    @Test
    void whatNoEndpointServesGoesToTheUpstream() {
        assertThat(gateway.call("PUT", "/items/1", "{\"n\":1}").statusCode()).isEqualTo(201);
        assertThat(gateway.call("GET", "/items/1", "").body()).isEqualTo("{\"n\":1}");
    }

    @Test
    void noRequestFailsWhileTheRoutesAreReplaced() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        AtomicInteger good = new AtomicInteger();
        Queue<String> bad = new ConcurrentLinkedQueue<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            while (!ended.get()) {
                HttpResponse<String> response = gateway.call("GET", "/greetings/Ada", "");
                if (response.statusCode() == 200) good.incrementAndGet();
                else bad.add(response.statusCode() + " " + response.body());
            }
        });
        for (int i = 0; i < 10; i++) {
            int before = good.get();
            Files.writeString(folder.resolve("routes/greetings.yaml"), ROUTES + "# " + i + "\n");
            gateway.routes().reload();
            await().until(() -> good.get() > before + 5);
        }
        ended.set(true);
        caller.join();
        assertThat(bad).isEmpty();
        assertThat(gateway.routes().state().generation()).isGreaterThanOrEqualTo(10);
    }
}
