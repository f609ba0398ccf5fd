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
import io.eventful.harness.TestTimers;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.TestLedgers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recovery has precedence over the relays while it is at work, and not while it waits. The processors are busy. */
class RecoveryPrecedenceTest {

    private static final int ALL = 1_000_000;
    private static final int WORKERS = 16 * Runtime.getRuntime().availableProcessors();
    private static final int CALLS = 16 * WORKERS;

    private static final CaptureSettings SETTINGS = new CaptureSettings(
            Gateway.SETTINGS.memory(),
            Duration.ofSeconds(3),
            Duration.ofSeconds(30),
            Duration.ofMillis(100),
            WORKERS,
            Duration.ofSeconds(20),
            100,
            Gateway.SETTINGS.retry(),
            Gateway.SETTINGS.idempotency(),
            Gateway.SETTINGS.relay());

    @TempDir
    Path folder;

    private final CaptureConfiguration configuration = new CaptureConfiguration();
    private final Threads threads = configuration.captureThreads(new TestTimers());
    private final Pauses pauses = configuration.capturePauses(threads);
    private final Precedence precedence = new Precedence(pauses, () -> true, ALL);
    private RestSystem system;
    private TestEdges edge;
    private TestLedgers ledgers;

    @BeforeEach
    void start() throws Exception {
        system = new RestSystem();
        edge = TestEdges.before(system.port(), Duration.ofSeconds(60), "mine");
        leaveOpen();
        ledgers = TestLedgers.sqlite(folder, Clock.systemUTC());
    }

    @AfterEach
    void stop() throws Exception {
        threads.close();
        edge.close();
        ledgers.close();
        system.close();
    }

    @Test
    void relaysGiveWayToItsLooksAndNotToItsWaitForASystemThatIsAway() throws Exception {
        CountDownLatch firstLooks = new CountDownLatch(1);
        CountDownLatch secondLooks = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        system.script = (exchange, body) -> {
            boolean first = looks.incrementAndGet() <= WORKERS;
            (first ? firstLooks : secondLooks).await();
            RestSystem.reply(exchange, first ? 503 : 200, "{\"n\":2}");
            return true;
        };
        recover();
        await("looks").until(() -> precedence.share(ALL, 0) < ALL);
        firstLooks.countDown();
        await("all ask again").until(() -> looks.get() >= 2 * WORKERS);
        await("relays go on").until(() -> precedence.share(ALL, 0) == ALL);
        secondLooks.countDown();
        await("settled").until(() -> ledgers.ledger().openIntents(0, 1).isEmpty());
        assertThat(ledgers.ledger().after(0, ALL))
                .hasSize(CALLS)
                .allMatch(change -> change.outcome() == Change.Outcome.CONFIRMED);
        await("nothing under way").until(() -> precedence.share(ALL, 0) == ALL);
    }

    private void leaveOpen() throws Exception {
        try (TestLedgers earlier = TestLedgers.sqlite(folder, Clock.systemUTC())) {
            // Numbers in a row would leave some workers without a call.
            CompletableFuture.allOf(IntStream.range(0, CALLS)
                            .mapToObj(number -> draft("/items/" + Integer.toHexString(number * 0x9E3779B9)))
                            .map(draft -> earlier.ledger().open(draft))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        }
    }

    /** Starts to settle what an earlier run left open. */
    private void recover() {
        Tools tools = configuration.captureTools(
                ledgers.ledger(), edge.upstreams(), threads, pauses, Clock.systemUTC(), SETTINGS);
        Recovery recovery = new Recovery(tools, pauses, precedence, SETTINGS);
        recovery.prepare();
        CaptureTable table = CaptureTable.of(List.of(new CaptureRoute(
                "items",
                PathTemplate.parse("/items/{id}"),
                CaptureOptions.parse(Map.of("resource", "item")),
                (change, done) -> {})));
        recovery.begin(() -> table);
    }

    private static IntentDraft draft(String path) {
        return new IntentDraft(
                new Item("/upstreams/default", "", path),
                "item",
                "updated",
                Instant.now(),
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
