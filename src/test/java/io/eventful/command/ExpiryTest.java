package io.eventful.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Json;
import io.eventful.harness.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long commands are kept, and for how long they are tried. */
class ExpiryTest {

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-03-04T05:06:07Z"));
    private SlowSystem system;
    private Bench bench;

    @BeforeEach
    void start() throws Exception {
        system = new SlowSystem();
        bench = new Bench(folder, system.port(), Bench.settings(10), clock);
        bench.captures.route("orders", "/orders/{id}", Map.of("commands", "async", "resource", "order"));
    }

    @AfterEach
    void stop() throws Exception {
        system.close();
        bench.close();
    }

    @Test
    void whatHasEndedIsForgottenAfterItsTimeAndWhatHasNotIsKept() {
        String ended = bench.submit("POST", "/orders", "{\"n\":1}");
        assertThat(Bench.status(bench.ended(ended))).isEqualTo("succeeded");
        await().atMost(Duration.ofSeconds(30)).until(() -> bench.events.size() == 1);
        long empty = bench.parts.stored();
        assertThat(empty).isPositive();
        system.hold();
        String running = bench.submit("POST", "/orders", "{\"n\":2}");

        clock.advance(Duration.ofMinutes(59));
        bench.parts.sweep();
        assertThat(Bench.status(bench.call("GET", ended, "").body())).isEqualTo("succeeded");

        clock.advance(Duration.ofMinutes(2));
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            bench.parts.sweep();
            return bench.call("GET", ended, "").statusCode() == 404;
        });
        assertThat(Bench.status(bench.call("GET", running, "").body())).isIn("pending", "running");
        system.letGo();
        assertThat(Bench.status(bench.ended(running))).isEqualTo("succeeded");
        await().atMost(Duration.ofSeconds(30)).until(() -> bench.parts.stored() <= empty);
    }

    @Test
    void whatCouldNotBeSentInItsTimeIsGivenUp() {
        system.close();
        for (String status : List.of("succeeded", "failed", "unknown"))
            assertThat(counted(status)).as("the first one is an increase").isZero();
        String location = bench.submit("POST", "/orders", "{\"n\":1}");
        clock.advance(Duration.ofMinutes(61));
        assertThat(bench.ended(location)).contains("\"status\":\"failed\"", "\"reason\":\"gave-up\"");
        await().atMost(Duration.ofSeconds(30)).until(() -> counted("failed") == 1);
    }

    private double counted(String status) {
        return bench.meters
                .get("eventful.commands.ended")
                .tag("status", status)
                .counter()
                .count();
    }

    @Test
    void aWriteThatWasDoneAfterItsCommandWasGivenUpIsRepliedToItsRepeats() throws Exception {
        bench.captures.route("notes", "/notes/{id}", Map.of("commands", "prefer", "resource", "note"));
        String[] key = {"Idempotency-Key", "k"};
        int port = system.port();
        system.close();
        String location = bench.submit("PUT", "/notes/1", "{\"n\":1}", key);
        clock.advance(Duration.ofMinutes(61));
        assertThat(bench.ended(location)).contains("\"reason\":\"gave-up\"");
        assertThat(bench.submit("PUT", "/notes/1", "{\"n\":1}", key)).isEqualTo(location);

        system = new SlowSystem(port);
        assertThat(bench.call("PUT", "/notes/1", "{\"n\":1}", key).statusCode()).isEqualTo(200);
        assertThat(bench.call("PUT", "/notes/1", "{\"n\":1}", "Prefer", "respond-async", key[0], key[1])
                        .body())
                .isEqualTo("{\"n\":1}");
        assertThat(system.seen()).hasSize(1);
    }

    @Test
    void theListTellsWhatIsWhereAndPages() {
        for (int i = 0; i < 3; i++) bench.ended(bench.submit("POST", "/orders", "{\"n\":" + i + "}"));
        system.answer(400);
        String failed = bench.submit("POST", "/orders", "{\"n\":3}");
        bench.ended(failed);
        Commands commands = bench.parts.commands();
        assertThat(commands.list(Command.Status.FAILED, Long.MAX_VALUE, 10))
                .singleElement()
                .satisfies(command -> assertThat(failed).endsWith(command.id()));
        var first = commands.list(null, Long.MAX_VALUE, 2);
        var second = commands.list(null, first.getLast().number(), 2);
        assertThat(first).hasSize(2);
        assertThat(second).hasSize(2);
        assertThat(first.getLast().number()).isGreaterThan(second.getFirst().number());
        assertThat(commands.list(Command.Status.SUCCEEDED, Long.MAX_VALUE, 10)).hasSize(3);
        assertThat(commands.find(failed.substring(failed.lastIndexOf('/') + 1)))
                .hasValueSatisfying(command ->
                        assertThat(Json.text(CommandJson.tree(command))).contains("\"status\":400"));
    }
}
