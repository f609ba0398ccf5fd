package io.eventful.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose upstream is down, refuses, or gives no reply. */
class FateTest {

    @TempDir
    Path folder;

    private SlowSystem system;
    private Bench bench;

    @BeforeEach
    void start() throws Exception {
        system = new SlowSystem();
        open(Bench.settings(3));
    }

    private void open(CommandSettings settings) {
        bench = new Bench(folder, system.port(), settings);
        bench.captures.route("orders", "/orders/{id}", Map.of("commands", "async", "resource", "order"));
    }

    @AfterEach
    void stop() throws Exception {
        system.close();
        bench.close();
    }

    private String submit(String method, String path, String... fields) {
        HttpResponse<String> reply = bench.call(method, path, "{\"n\":1}", fields);
        assertThat(reply.statusCode()).isEqualTo(202);
        return reply.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void whileTheUpstreamIsDownCommandsWaitAndThenRunOnce() throws Exception {
        int port = system.port();
        system.close();
        String location = submit("POST", "/orders");
        await().during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        !Bench.status(bench.call("GET", location, "").body()).equals("failed"));
        system = new SlowSystem(port);
        assertThat(Bench.status(bench.ended(location))).isEqualTo("succeeded");
        assertThat(system.seen()).hasSize(1);
    }

    @Test
    void comeAgainIsTriedAgainAndARefusalIsNot() {
        system.answer(503, 503, 201, 400);
        assertThat(Bench.status(bench.ended(submit("POST", "/orders")))).isEqualTo("succeeded");
        assertThat(system.seen()).hasSize(3);
        assertThat(bench.ended(submit("POST", "/orders"))).contains("\"failed\"", "\"response\":{\"status\":400");
        assertThat(system.seen()).hasSize(4);
    }

    @Test
    void aCreateOfUnknownFateIsNotRepeated() {
        system.answer(0);
        assertThat(Bench.status(bench.ended(submit("POST", "/orders")))).isEqualTo("unknown");
        assertThat(system.seen()).hasSize(1);
    }

    @Test
    void whatMayBeRepeatedIs() {
        system.answer(0);
        assertThat(Bench.status(bench.ended(submit("PUT", "/orders/1")))).isEqualTo("succeeded");
        system.answer(0);
        assertThat(Bench.status(bench.ended(submit("POST", "/orders", "Idempotency-Key", "k"))))
                .isEqualTo("succeeded");
        assertThat(system.seen()).hasSize(4);
    }

    @Test
    void whatTheGatewayItselfRefusesEndsAndHoldsNobodyUp() {
        bench.captures.route(
                "notes", "/notes/{id}", Map.of("commands", "async", "resource", "note", "ifMatch", "required"));
        String refused = submit("PUT", "/notes/1");
        assertThat(bench.ended(refused)).contains("\"status\":\"failed\"", "\"response\":{\"status\":428");
        assertThat(Bench.status(bench.ended(submit("PUT", "/notes/1", "If-None-Match", "*"))))
                .isEqualTo("succeeded");
        assertThat(bench.ended(submit("PUT", "/notes/1", "If-Match", "\"r7\"")))
                .contains("\"failed\"", "\"response\":{\"status\":412")
                .doesNotContainIgnoringCase("etag");
        assertThat(Bench.status(bench.ended(submit("POST", "/orders")))).isEqualTo("succeeded");
        assertThat(system.seen()).hasSize(2);
    }

    @Test
    void aWriteThatWasDoneAfterItsCommandWasRefusedIsRepliedToItsRepeats() {
        bench.captures.route("notes", "/notes/{id}", Map.of("commands", "prefer", "resource", "note"));
        String[] conditional = {"If-Match", "\"r2\"", "Idempotency-Key", "k"};
        bench.call("PUT", "/notes/1", "{\"n\":1}");
        String refused = bench.submit("PUT", "/notes/1", "{\"n\":3}", conditional);
        assertThat(bench.ended(refused)).contains("\"response\":{\"status\":412");
        assertThat(bench.submit("PUT", "/notes/1", "{\"n\":3}", conditional)).isEqualTo(refused);

        bench.call("PUT", "/notes/1", "{\"n\":2}");
        assertThat(bench.call("PUT", "/notes/1", "{\"n\":3}", conditional).statusCode())
                .isEqualTo(200);
        HttpResponse<String> repeat = bench.call(
                "PUT",
                "/notes/1",
                "{\"n\":3}",
                "Prefer",
                "respond-async",
                "If-Match",
                "\"r2\"",
                "Idempotency-Key",
                "k");
        assertThat(repeat.statusCode()).isEqualTo(200);
        assertThat(repeat.body()).isEqualTo("{\"n\":3}");
    }

    @Test
    void aBurstIsAcceptedWhileTheUpstreamAnswersNothingAndThenRunsInOrderAndOnce() throws Exception {
        bench.close();
        open(Bench.settings(1_000));
        system.hold();
        List<String> locations = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String path = "/orders/" + i % 6;
            HttpResponse<String> reply = bench.call("PUT", path, "{\"n\":" + i + "}");
            assertThat(reply.statusCode()).isEqualTo(202);
            locations.add(reply.headers().firstValue("Location").orElseThrow());
            sent.add("PUT " + path + " {\"n\":" + i + "} null");
        }
        assertThat(system.seen()).as("one at a time of each item").hasSizeLessThanOrEqualTo(6);
        system.letGo();
        for (String location : locations)
            assertThat(Bench.status(bench.ended(location))).isEqualTo("succeeded");
        assertThat(system.seen()).as("once each").containsExactlyInAnyOrderElementsOf(sent);
        for (int item = 0; item < 6; item++) {
            String one = "PUT /orders/" + item + ' ';
            assertThat(system.seen().stream().filter(write -> write.startsWith(one)))
                    .containsExactlyElementsOf(
                            sent.stream().filter(write -> write.startsWith(one)).toList());
        }
    }

    @Test
    void aFullQueueSaysComeAgain() {
        system.hold();
        for (int i = 0; i < 3; i++) submit("POST", "/orders");
        HttpResponse<String> refused = bench.call("POST", "/orders", "{\"n\":1}");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void aCommandWhoseCallerWaitsTakesOnePlaceInTheQueue() {
        system.hold();
        bench.captures.route("notes", "/notes/{id}", Map.of("commands", "prefer", "resource", "note"));
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            String path = "/notes/" + i;
            waiting.add(CompletableFuture.supplyAsync(
                    () -> bench.call("PUT", path, "{\"n\":1}", "Prefer", "respond-async, wait=30")
                            .statusCode()));
            int sent = i;
            await().until(() -> system.seen().size() == sent);
        }
        submit("PUT", "/orders/1");
        system.letGo();
        assertThat(waiting)
                .allSatisfy(one ->
                        assertThat(one).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(200));
    }

    @Test
    void whatWasAcceptedIsRunByTheNextLife() throws Exception {
        int port = system.port();
        system.close();
        String location = submit("POST", "/orders");
        bench.close();
        system = new SlowSystem(port);
        open(Bench.settings(3));
        assertThat(Bench.status(bench.ended(location))).isEqualTo("succeeded");
        assertThat(system.seen()).hasSize(1);
    }
}
