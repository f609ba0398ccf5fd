package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.RequestRecord;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.TestLedgers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many calls that a crash left open. The benchmark of the ledger does the same with 100,000. */
class RecoveryTest {

    private static final int CALLS = 5_000;
    private static final Image BEFORE = new Image.Known(Json.parse("{\"n\":1}"));
    private static final Image EXPECTED = new Image.Known(Json.parse("{\"n\":2}"));

    @TempDir
    Path folder;

    /**
     * A pause for each, so many at a time as are asked for, would take minutes: of every five, two were applied, two were
     * not (which only a second look can tell), and one is a create of which nobody knows the item.
     */
    @Test
    void manyOpenCallsAreSettledWithoutAPauseForEach() throws Exception {
        try (RestSystem system = new RestSystem()) {
            system.script = (exchange, body) -> {
                int number = Integer.parseInt(exchange.getRequestURI().getPath().replaceFirst(".*/", ""));
                RestSystem.reply(exchange, 200, number % 5 < 2 ? "{\"n\":2}" : "{\"n\":1}");
                return true;
            };
            leaveOpen();
            try (Gateway gateway = new Gateway(folder, system, "mine", Gateway.SETTINGS)) {
                gateway.route("customers", "/customers/{id}", Map.of("resource", "customer"));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> gateway.ledger().openIntents(0, 1).isEmpty());
                Map<Change.Outcome, Long> outcomes = gateway.changes().stream()
                        .collect(Collectors.groupingBy(Change::outcome, Collectors.counting()));
                assertThat(outcomes)
                        .isEqualTo(Map.of(
                                Change.Outcome.CONFIRMED, CALLS * 2L / 5, Change.Outcome.UNKNOWN, (long) CALLS / 5));
            }
        }
    }

    private void leaveOpen() throws Exception {
        try (TestLedgers earlier = TestLedgers.sqlite(folder, Clock.systemUTC())) {
            List<CompletableFuture<?>> open = IntStream.range(0, CALLS)
                    .<CompletableFuture<?>>mapToObj(number -> earlier.ledger().open(draft(number)))
                    .toList();
            CompletableFuture.allOf(open.toArray(CompletableFuture<?>[]::new)).join();
        }
    }

    private static IntentDraft draft(int number) {
        boolean create = number % 5 == 4;
        String path = create ? "/customers" : "/customers/" + number;
        return new IntentDraft(
                new Item("/upstreams/default", "", path),
                "customer",
                create ? "created" : "updated",
                Instant.now(),
                "default",
                create ? new Image.Absent() : BEFORE,
                EXPECTED,
                new RequestRecord(create ? "POST" : "PUT", path, Map.of(), 7, "sha-256:00"),
                Change.Order.LANE,
                Change.Guarantee.INTENT,
                null,
                null);
    }
}
