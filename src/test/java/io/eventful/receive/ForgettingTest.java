package io.eventful.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.harness.TestClock;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.Settlement;
import io.eventful.ledger.TestLedgers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** How long a repeat is recognised. */
class ForgettingTest {

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-03-04T05:06:07Z"));
    private TestLedgers ledgers;

    @BeforeEach
    void open() {
        ledgers = TestLedgers.sqlite(folder, clock);
    }

    @AfterEach
    void close() throws Exception {
        ledgers.close();
    }

    /** True when the delivery is new. */
    private boolean append(String delivery) {
        Item item = new Item("/webhooks/in", "", "/webhooks/in/" + delivery);
        Image absent = new Image.Absent();
        IntentDraft draft = new IntentDraft(
                item,
                "github.push",
                "received",
                clock.instant(),
                "",
                absent,
                null,
                null,
                Change.Order.LANE,
                Change.Guarantee.INTENT,
                null,
                null,
                null);
        Settlement.Applied applied = new Settlement.Applied(
                Change.Outcome.CONFIRMED,
                item,
                "received",
                absent,
                new Image.Known(Json.parse("{\"id\":\"" + delivery + "\"}")),
                Change.Order.LANE,
                null,
                null);
        return ledgers.ledger().appendOnce(draft, applied, delivery).join().isPresent();
    }

    private void sweep(Duration remember, int most) {
        ReceiveSettings settings = new ReceiveSettings(
                DataSize.ofMegabytes(32), Duration.ofSeconds(5), Duration.ofSeconds(5), remember, most, 100);
        try (Forgetting forgetting =
                new Forgetting(ledgers.ledger(), clock, settings, Executors.newSingleThreadScheduledExecutor())) {
            forgetting.sweep();
            // Chunks follow one another before anything that comes later.
            for (int i = 0; i < 5; i++)
                ledgers.ledger()
                        .forgetDeliveries(Instant.EPOCH, Long.MAX_VALUE, 1)
                        .join();
        }
    }

    @Test
    void aDeliveryIsKnownForItsTimeAndItsChangeForEver() {
        assertThat(append("old")).isTrue();
        clock.advance(Duration.ofDays(20));
        assertThat(append("young")).isTrue();
        clock.advance(Duration.ofDays(9));
        sweep(Duration.ofDays(30), 1_000);
        assertThat(append("old")).as("29 days later").isFalse();
        clock.advance(Duration.ofDays(2));
        sweep(Duration.ofDays(30), 1_000);
        assertThat(append("young")).isFalse();
        assertThat(append("old")).as("31 days later").isTrue();
        assertThat(ledgers.ledger().after(0, 10)).hasSize(3);
    }

    @Test
    void theOldestAreForgottenWhenThereAreTooManyInChunks() {
        for (int i = 0; i < 1_300; i++) {
            clock.advance(Duration.ofMillis(1));
            append("d" + i);
        }
        sweep(Duration.ofDays(30), 100);
        assertThat(append("d1200")).isFalse();
        assertThat(append("d1299")).isFalse();
        assertThat(append("d1199")).isTrue();
        assertThat(append("d0")).isTrue();
    }
}
