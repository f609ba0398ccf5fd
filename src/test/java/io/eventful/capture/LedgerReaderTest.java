package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader whose consumer has a fault. */
class LedgerReaderTest extends CaptureFixture {

    @ParameterizedTest
    @ValueSource(strings = {"exception", "error"})
    void itGoesOnWithTheChangeThatWasNotTaken(String fault) throws Exception {
        List<Long> taken = new CopyOnWriteArrayList<>();
        AtomicInteger faults = new AtomicInteger();
        customers();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try {
            Pauses pauses = new Pauses(timer);
            Progress progress = new Progress("other", gateway.ledger(), pauses, Duration.ofHours(1));
            LedgerReader reader = new LedgerReader(
                    "other",
                    gateway.ledger(),
                    progress,
                    pauses,
                    new Precedence(pauses, () -> false, 1),
                    Gateway.SETTINGS.relay(),
                    change -> {
                        if (change.position() == 2 && faults.incrementAndGet() == 1) {
                            if (fault.equals("error")) throw new StackOverflowError();
                            throw new IllegalStateException("a fault of ours");
                        }
                        taken.add(change.position());
                        progress.skip(change.position());
                    });
            put("/customers/1", 1);
            put("/customers/2", 1);
            put("/customers/3", 1);
            reader.start(Thread::startVirtualThread);
            await().untilAsserted(() -> assertThat(taken).containsExactly(1L, 2L, 3L));
            reader.stop();
            assertThat(reader.awaitStopped(System.nanoTime() + 10_000_000_000L)).isTrue();
        } finally {
            timer.shutdownNow();
        }
    }
}
