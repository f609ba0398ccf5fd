package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.eventful.delivery.AttemptRecord.Timing;
import io.eventful.subscription.Subscription;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

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

    /** It would be refused again, and each time it is a line of the gateway's own log. */
    @Test
    void aStoreThatRefusesIsNotAskedOftenerBecauseMuchWaits() throws Exception {
        rig = new Rig(folder);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(AttemptLog.class);
        lines.start();
        logger.addAppender(lines);
        try (Sink sink = new Sink()) {
            Subscription subscription = rig.subscribe(sink.url());
            fill();
            AttemptLog log = rig.engine.core().log();
            Instant now = rig.time.now();
            for (int i = 1; i <= 20_000; i++)
                log.add(
                        Delivery.of(subscription, "customers", event("/customers/" + i, i), i, null, now),
                        Standing.delivered(1, 0, now, ""),
                        new AttemptRecord(1, now, new Timing(4, 1, 1, -1, 2), 204, "{}", "status-204"));
            for (int i = 0; i < 3; i++) log.flush().join();
            assertThat(log.waiting()).isEqualTo(20_000);
            assertThat(lines.list).hasSizeLessThan(30);
            rig.sql("DROP TRIGGER full");
            rig.sql("DROP TRIGGER full_of_blocks");
            log.flush().join();
            await().until(() -> log.waiting() == 0);
            log.flush().join();
            assertThat(rig.engine
                            .deliveries()
                            .list(new Deliveries.Search(null, null, 1L, null), null, 10)
                            .items())
                    .hasSize(1);
        } finally {
            logger.detachAppender(lines);
        }
    }
}
