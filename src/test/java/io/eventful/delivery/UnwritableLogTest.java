package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries do not need the log of attempts; the log catches up when it can be written again. */
class UnwritableLogTest {

    @TempDir
    Path folder;

    private Rig rig;

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    private int logged() {
        return rig.deliveries(DeliveryRecord.State.DELIVERED).size();
    }

    private void fill() throws Exception {
        rig.sql("CREATE TRIGGER full BEFORE INSERT ON delivery WHEN NEW.state = 'delivered'"
                + " BEGIN SELECT RAISE(ABORT, 'no space left'); END");
        rig.sql("CREATE TRIGGER full_of_blocks BEFORE INSERT ON delivered_block"
                + " BEGIN SELECT RAISE(ABORT, 'no space left'); END");
    }

    @Test
    void deliveriesGoOnAndNoAttemptIsMissingAfterwards() throws Exception {
        rig = new Rig(folder);
        try (Sink sink = new Sink()) {
            rig.subscribe(sink.url());
            fill();
            for (int i = 1; i <= 300; i++)
                assertThat(rig.publish(event("/customers/" + i % 7, i))).succeedsWithin(30, TimeUnit.SECONDS);
            assertThat(sink.received).hasSize(300);
            rig.engine.core().log().flush().join();
            assertThat(logged()).isZero();
            assertThat(rig.engine.core().log().waiting()).isEqualTo(300);
            rig.sql("DROP TRIGGER full");
            rig.sql("DROP TRIGGER full_of_blocks");
            rig.engine.core().log().flush().join();
            assertThat(logged()).isEqualTo(300);
            assertThat(sink.received).hasSize(300);
        }
    }

    @Test
    void whatDoesNotFitIntoTheWaitingLogIsCountedAndDeliveredAllTheSame() throws Exception {
        rig = new Rig(folder, "limits.log-queue=10");
        try (Sink sink = new Sink()) {
            rig.subscribe(sink.url());
            fill();
            for (int i = 1; i <= 100; i++)
                assertThat(rig.publish(event("/customers/1", i))).succeedsWithin(30, TimeUnit.SECONDS);
            assertThat(sink.received).hasSize(100);
            rig.sql("DROP TRIGGER full");
            rig.sql("DROP TRIGGER full_of_blocks");
            rig.engine.core().log().flush().join();
            assertThat(logged() + rig.engine.core().log().dropped()).isEqualTo(100);
        }
    }

    @Test
    void aDeliveryIsDoneAndTheGatewayEndsAllTheSame() throws Exception {
        rig = new Rig(folder);
        try (Sink sink = new Sink()) {
            rig.subscribe(sink.url());
            fill();
            rig.engine.core().scheduler().shutdownNow();
            assertThat(rig.publish(event("/customers/1", 1))).succeedsWithin(30, TimeUnit.SECONDS);
            assertThat(rig.engine.core().log().flush()).succeedsWithin(30, TimeUnit.SECONDS);
        }
    }
}
