package io.eventful.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that are answered before they are done, through a real edge and a real ledger. */
class CommandsTest {

    private static final String[] ADA = {"Authorization", "Bearer ada"};
    private static final String[] BOB = {"Authorization", "Bearer bob"};

    @TempDir
    Path folder;

    private SlowSystem system;
    private Bench bench;

    @BeforeEach
    void start() throws Exception {
        system = new SlowSystem();
        bench = new Bench(folder, system.port());
        bench.captures.route("customers", "/customers/{id}", Map.of("commands", "prefer", "resource", "customer"));
        bench.captures.route("orders", "/orders/{id}", Map.of("commands", "async", "resource", "order"));
    }

    @AfterEach
    void stop() throws Exception {
        system.close();
        bench.close();
    }

    @Test
    void aWriteIsAnsweredBeforeItIsDoneAndEndsWithTheUpstreamsReply() {
        system.hold();
        HttpResponse<String> accepted =
                bench.call("PUT", "/customers/1", "{\"n\":1}", "Prefer", "respond-async", ADA[0], ADA[1]);
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Preference-Applied")).hasValue("respond-async");
        assertThat(accepted.headers().firstValue("Retry-After")).isPresent();
        String location = accepted.headers().firstValue("Location").orElseThrow();
        assertThat(location).matches("/\\.eventful/commands/[0-9a-f]{32}");
        assertThat(Bench.status(bench.call("GET", location, "", ADA).body())).isIn("pending", "running");

        system.letGo();
        assertThat(bench.ended(location, ADA))
                .contains("\"status\":\"succeeded\"", "\"response\":{\"status\":200", "\"body\":{\"n\":1}");
        assertThat(bench.captures.changes()).extracting(Change::subject).containsExactly("/customers/1");
        assertThat(system.seen()).containsExactly("PUT /customers/1 {\"n\":1} Bearer ada");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(bench.events)
                        .extracting(event -> event.type())
                        .containsExactly("command.succeeded"));
    }

    @Test
    void aCallerWhoWouldWaitGetsTheOrdinaryReplyWhenItComesInTime() {
        HttpResponse<String> reply = bench.call("PUT", "/customers/1", "{\"n\":1}", "Prefer", "respond-async, wait=20");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"n\":1}");

        system.hold();
        assertThat(bench.call("PUT", "/customers/1", "{\"n\":2}", "Prefer", "respond-async, wait=1")
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void theReplyTellsThePositionOfItsChangeWhereTheRouteDoes() {
        bench.captures.route(
                "notes", "/notes/{id}", Map.of("commands", "prefer", "resource", "note", "exposePosition", "true"));
        HttpResponse<String> reply = bench.call("PUT", "/notes/1", "{\"n\":1}", "Prefer", "respond-async, wait=20");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Eventful-Position")).hasValue("1");
        assertThat(bench.ended(bench.submit("PUT", "/notes/1", "{\"n\":2}"))).contains("\"eventful-position\":\"2\"");
        assertThat(bench.ended(bench.submit("PUT", "/customers/1", "{\"n\":2}")))
                .contains("succeeded")
                .doesNotContain("eventful-position");
    }

    @Test
    void withoutThePreferenceTheReplyIsWaitedForUnlessTheRouteSaysAlways() {
        assertThat(bench.call("PUT", "/customers/1", "{\"n\":1}").statusCode()).isEqualTo(200);
        assertThat(bench.call("POST", "/orders", "{\"n\":1}").statusCode()).isEqualTo(202);
    }

    @Test
    void whereTheRouteSaysAlwaysACallerMayWaitToo() {
        assertThat(bench.call("POST", "/orders", "{\"n\":1}", "Prefer", "wait=20")
                        .statusCode())
                .isEqualTo(201);
        system.hold();
        HttpResponse<String> late = bench.call("POST", "/orders", "{\"n\":2}", "Prefer", "wait=1");
        assertThat(late.statusCode()).isEqualTo(202);
        assertThat(late.headers().firstValue("Location").orElseThrow()).startsWith("/.eventful/commands/");
    }

    @Test
    void neitherOfTwoCallersSeesTheOthersCommandsOrIdempotentReplies() {
        String[] keyed = {"Idempotency-Key", "same", ADA[0], ADA[1]};
        String[] keyedToo = {"Idempotency-Key", "same", BOB[0], BOB[1]};
        String adas = bench.submit("PUT", "/customers/1", "{\"secret\":\"ada\"}", keyed);
        bench.ended(adas, ADA);
        String bobs = bench.submit("PUT", "/customers/1", "{\"secret\":\"bob\"}", keyedToo);
        assertThat(bobs).isNotEqualTo(adas);
        assertThat(bench.ended(bobs, BOB)).contains("bob").doesNotContain("ada");

        for (String[] stranger : new String[][] {BOB, {"Authorization", "Bearer nobody"}, {}}) {
            assertThat(bench.call("GET", adas, "", stranger).statusCode()).isEqualTo(404);
            assertThat(bench.call("DELETE", adas, "", stranger).statusCode()).isEqualTo(404);
        }
        assertThat(bench.call("GET", adas, "", ADA).body()).contains("ada");
        assertThat(bench.call("PUT", "/customers/1", "{\"secret\":\"bob\"}", keyedToo)
                        .body())
                .contains("bob");
    }

    @Test
    void theSameKeyIsTheSameCommand() {
        String[] key = {"Idempotency-Key", "k"};
        system.hold();
        String first = bench.submit("POST", "/orders", "{\"n\":1}", key);
        assertThat(bench.submit("POST", "/orders", "{\"n\":1}", key)).isEqualTo(first);
        assertThat(bench.call("POST", "/orders", "{\"n\":2}", key).statusCode()).isEqualTo(422);
        system.letGo();
        assertThat(Bench.status(bench.ended(first))).isEqualTo("succeeded");
        assertThat(bench.submit("POST", "/orders", "{\"n\":1}", key)).isEqualTo(first);
        assertThat(system.seen()).hasSize(1);
    }

    @Test
    void aRepeatOfAnEndedCommandGetsItsReplyWhereItsCallerWouldWait() {
        for (String[] write : new String[][] {
            {"PUT", "/customers/1", "respond-async, wait=20"}, {"POST", "/orders", "wait=20"},
        }) {
            String[] fields = {"Idempotency-Key", "k", "Prefer", write[2]};
            HttpResponse<String> first = bench.call(write[0], write[1], "{\"n\":1}", fields);
            HttpResponse<String> repeat = bench.call(write[0], write[1], "{\"n\":1}", fields);
            assertThat(repeat.statusCode()).isEqualTo(first.statusCode()).isBetween(200, 201);
            assertThat(repeat.body()).isEqualTo(first.body());
            assertThat(repeat.headers().firstValue("Location"))
                    .isEqualTo(first.headers().firstValue("Location"));
            assertThat(repeat.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(repeat.headers().firstValue("Idempotency-Replayed")).hasValue("true");
            assertThat(bench.call(write[0], write[1], "{\"n\":2}", fields).statusCode())
                    .isEqualTo(422);
        }
        assertThat(bench.submit("PUT", "/customers/1", "{\"n\":1}", "Idempotency-Key", "k"))
                .as("without wait, the command")
                .startsWith("/.eventful/commands/");
        assertThat(system.seen()).hasSize(2);
    }

    @Test
    void commandsOfOneSubjectRunInTheOrderOfTheirAcceptance() {
        system.hold();
        List<String> locations = new ArrayList<>();
        for (int i = 0; i < 10; i++) locations.add(bench.submit("PUT", "/customers/1", "{\"n\":" + i + "}"));
        system.letGo();
        for (String location : locations)
            assertThat(Bench.status(bench.ended(location))).isEqualTo("succeeded");
        assertThat(system.seen())
                .containsExactlyElementsOf(java.util.stream.IntStream.range(0, 10)
                        .mapToObj(i -> "PUT /customers/1 {\"n\":" + i + "} null")
                        .toList());
    }

    @Test
    void whatWaitsCanBeCancelledAndWhatRunsCannot() {
        system.hold();
        String running = bench.submit("PUT", "/customers/1", "{\"n\":1}");
        await().atMost(Duration.ofSeconds(30)).until(() -> system.seen().size() == 1);
        String waiting = bench.submit("PUT", "/customers/1", "{\"n\":2}");
        assertThat(bench.call("DELETE", running, "").statusCode()).isEqualTo(409);
        assertThat(bench.call("DELETE", waiting, "").statusCode()).isEqualTo(204);
        assertThat(bench.call("GET", waiting, "").body()).contains("\"failed\"", "\"reason\":\"cancelled\"");
        system.letGo();
        assertThat(Bench.status(bench.ended(running))).isEqualTo("succeeded");
        assertThat(system.seen()).hasSize(1);
    }

    @Test
    void theKeyOfACancelledCommandIsFree() {
        String[] key = {"Idempotency-Key", "k"};
        String cancelled = cancelled(key);
        String again = bench.submit("PUT", "/customers/1", "{\"n\":2}", key);
        assertThat(again).isNotEqualTo(cancelled);
        assertThat(bench.call("GET", cancelled, "").body()).contains("\"reason\":\"cancelled\"");
        system.letGo();
        assertThat(Bench.status(bench.ended(again))).isEqualTo("succeeded");
        assertThat(bench.submit("PUT", "/customers/1", "{\"n\":2}", key)).isEqualTo(again);
        assertThat(system.seen()).hasSize(2);
    }

    @Test
    void aWriteThatWasDoneAfterItsCommandWasCancelledIsRepliedToItsRepeats() {
        String[] key = {"Idempotency-Key", "k"};
        cancelled(key);
        system.letGo();
        assertThat(bench.call("PUT", "/customers/1", "{\"n\":2}", key).statusCode())
                .isEqualTo(200);
        HttpResponse<String> repeat =
                bench.call("PUT", "/customers/1", "{\"n\":2}", "Prefer", "respond-async", "Idempotency-Key", "k");
        assertThat(repeat.statusCode()).isEqualTo(200);
        assertThat(repeat.body()).isEqualTo("{\"n\":2}");
        assertThat(repeat.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(system.seen()).hasSize(2);
    }

    /** A command that was cancelled while it waited behind another one, which is held. */
    private String cancelled(String... key) {
        system.hold();
        bench.submit("PUT", "/customers/1", "{\"n\":1}");
        await().atMost(Duration.ofSeconds(30)).until(() -> system.seen().size() == 1);
        String waiting = bench.submit("PUT", "/customers/1", "{\"n\":2}", key);
        assertThat(bench.call("DELETE", waiting, "").statusCode()).isEqualTo(204);
        return waiting;
    }

    @Test
    void aWriteTooLargeIsRefused() {
        String large = "{\"n\":\"" + "x".repeat(70_000) + "\"}";
        assertThat(bench.call("POST", "/orders", large).statusCode()).isEqualTo(413);
        assertThat(system.seen()).isEmpty();
    }
}
