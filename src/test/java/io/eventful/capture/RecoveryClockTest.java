package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.edge.TestEdges;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.PathTemplate;
import io.eventful.event.RequestRecord;
import io.eventful.harness.TestClock;
import io.eventful.harness.TestTimers;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.TestLedgers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of the machine is set back while a recovery waits for its second look. */
class RecoveryClockTest {

    private static final CaptureSettings ONE_AT_A_TIME = new CaptureSettings(
            Gateway.SETTINGS.memory(),
            Duration.ofSeconds(3),
            Duration.ofSeconds(30),
            Duration.ofMillis(100),
            1,
            Gateway.SETTINGS.settleWatch(),
            100,
            Gateway.SETTINGS.retry(),
            Gateway.SETTINGS.idempotency(),
            Gateway.SETTINGS.relay());

    @TempDir
    Path folder;

    /** Both items are as they were before the calls, which only a second look can tell; the first look at b sets the clock. */
    @Test
    void theSecondLookIsNotLaterByWhatTheClockWasSetBack() throws Exception {
        TestClock clock = new TestClock(Instant.parse("2026-03-04T05:06:07Z"));
        try (TestLedgers earlier = TestLedgers.sqlite(folder, clock)) {
            earlier.ledger().open(draft("/items/a")).join();
            earlier.ledger().open(draft("/items/b")).join();
        }
        CaptureConfiguration configuration = new CaptureConfiguration();
        try (RestSystem system = new RestSystem();
                TestEdges edge = TestEdges.before(system.port(), Duration.ofSeconds(60), "mine");
                TestLedgers ledgers = TestLedgers.sqlite(folder, Clock.systemUTC());
                Threads threads = configuration.captureThreads(new TestTimers())) {
            system.script = (exchange, body) -> {
                if (exchange.getRequestURI().getPath().endsWith("b")) clock.advance(Duration.ofHours(-1));
                RestSystem.reply(exchange, 200, "{\"n\":1}");
                return true;
            };
            Pauses pauses = configuration.capturePauses(threads);
            Tools tools = configuration.captureTools(
                    ledgers.ledger(), edge.upstreams(), threads, pauses, clock, ONE_AT_A_TIME);
            Recovery recovery =
                    new Recovery(tools, pauses, new Precedence(pauses, () -> true, 1_000_000), ONE_AT_A_TIME);
            recovery.prepare();
            CaptureTable table = CaptureTable.of(List.of(new CaptureRoute(
                    "items",
                    PathTemplate.parse("/items/{id}"),
                    CaptureOptions.parse(Map.of("resource", "item")),
                    (change, done) -> {})));
            recovery.begin(() -> table);
            await().until(() -> ledgers.ledger().openIntents(0, 1).isEmpty());
            assertThat(ledgers.ledger().after(0, 10)).as("not applied").isEmpty();
        }
    }

    private static IntentDraft draft(String path) {
        return new IntentDraft(
                new Item("/upstreams/default", "", path),
                "item",
                "updated",
                Instant.parse("2026-03-04T05:06:07Z"),
                "default",
                new Image.Known(Json.parse("{\"n\":1}")),
                new Image.Known(Json.parse("{\"n\":2}")),
                new RequestRecord("PUT", path, Map.of(), 7, "sha-256:00"),
                Change.Order.LANE,
                Change.Guarantee.INTENT,
                null,
                null);
    }
}
