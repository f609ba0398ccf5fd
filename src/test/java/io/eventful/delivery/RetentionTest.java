package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.Deliveries.Selection;
import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import io.eventful.subscription.Subscription;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is forgotten, what never is, and dead letters that are tried again together. */
class RetentionTest {

    private static final RetentionSettings SETTINGS =
            new RetentionSettings(Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(1), 1000, 1000, 1000);

    @TempDir
    Path folder;

    private Rig rig;
    private Sink sink;

    Supplier<Databases> stores(Path folder) {
        return () -> TestStores.sqlite(folder);
    }

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(stores(folder), folder, "retry-schedule=0s,1s");
        sink = new Sink();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        sink.close();
    }

    private void deliver(int from, int to) {
        for (int i = from; i <= to; i++) {
            assertThat(rig.publish(event("/customers/" + i % 3, i))).succeedsWithin(60, TimeUnit.SECONDS);
            stored(i);
            // A row each.
            rig.engine.core().log().flush().join();
        }
    }

    /** The rig keeps publications in memory; these are rows as the channels write them. */
    private void stored(int i) {
        rig.engine
                .core()
                .database()
                .write(connection -> {
                    try (PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO publication (channel, event_id, source, position,"
                                    + " type, subject, attributes, data, time) VALUES ('customers', ?,"
                                    + " '/upstreams/default', 1, 't', 's', '{}', ?, ?)")) {
                        insert.setString(1, "e" + i);
                        insert.setBytes(2, new byte[0]);
                        insert.setLong(3, rig.time.now().toEpochMilli());
                        return insert.executeUpdate();
                    }
                })
                .join();
    }

    private long count(String from) {
        return rig.engine.core().database().read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT COUNT(*) FROM " + from);
                    ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0L;
            }
        });
    }

    private void forget(Duration later) {
        Retention retention =
                new Retention(rig.engine.core().database(), Clock.offset(rig.time.clock, later), SETTINGS);
        while (retention.chunk()) {
            // more of them
        }
    }

    @Test
    void replaysThatHaveEndedAreForgottenWithTheirDeliveries() {
        Subscription subscription = rig.subscribe(sink.url());
        for (int i = 0; i < 3; i++)
            assertThat(rig.engine.replays().create(subscription.id(), ReplayWish.EVERYTHING))
                    .isPresent();
        await().until(() -> {
            rig.pass(Duration.ofMillis(200));
            return count("delivery_replay WHERE state = 'done'") == 3;
        });
        forget(Duration.ofMinutes(59));
        assertThat(count("delivery_replay")).isEqualTo(3);
        rig.sql("UPDATE delivery_replay SET state = 'running' WHERE id = (SELECT MIN(id) FROM delivery_replay)");
        forget(Duration.ofMinutes(61));
        assertThat(count("delivery_replay")).isEqualTo(1);
        assertThat(count("delivery_replay WHERE state = 'running'")).isEqualTo(1);
    }

    @Test
    void theOldIsForgottenButNotWhatIsNeeded() {
        rig.subscribe(sink.url());
        deliver(1, 450);
        sink.answer(400);
        deliver(451, 452);
        sink.answer(500);
        deliver(453, 453);

        forget(Duration.ofMinutes(59));
        assertThat(count("delivery")).isEqualTo(453);
        assertThat(count("publication")).isEqualTo(453);

        forget(Duration.ofMinutes(61));
        assertThat(count("delivery WHERE state = 'delivered'")).isZero();
        assertThat(count("delivery")).isEqualTo(3);
        assertThat(count("delivery_attempt")).isEqualTo(3);
        assertThat(count("publication"))
                .as("events of what waits and of dead letters")
                .isEqualTo(3);

        forget(Duration.ofHours(3));
        assertThat(count("delivery")).as("what waits is never forgotten").isEqualTo(1);
        forget(Duration.ofHours(3));
        assertThat(count("publication")).isEqualTo(1);
    }

    @Test
    void whatIsStillToBeReplayedIsKept() {
        deliver(1, 30);
        rig.engine
                .core()
                .database()
                .write(connection -> {
                    try (PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO delivery_replay (id, subscription, kind, state,"
                                    + " cursor_sequence, to_sequence, document, sent, created, updated) VALUES ('r', 's',"
                                    + " 'replay', 'running', 10, 30, '{}', 0, 0, 0)")) {
                        return insert.executeUpdate();
                    }
                })
                .join();
        forget(Duration.ofDays(1));
        assertThat(count("publication")).isEqualTo(20);
    }

    @Test
    void deadLettersAreTriedAgainTogetherInTheirOrder() {
        String subscription = rig.subscribe(sink.url()).id();
        sink.answer(400);
        deliver(1, 9);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rig.deliveries(State.DEAD).size() == 9);
        sink.received.clear();
        sink.answer(200);
        Selection others = new Selection(State.DEAD, subscription, null, List.of("other.type"), null, null, null, null);
        assertThat(rig.engine.deliveries().retry(others)).isZero();
        assertThat(rig.engine.deliveries().retry(created(Instant.MAX, null))).isZero();
        assertThat(rig.engine.deliveries().retry(created(null, Instant.MIN))).isZero();
        Selection all = new Selection(
                State.DEAD,
                subscription,
                "customers",
                List.of("customer.updated"),
                null,
                "status-400",
                rig.time.now().minusSeconds(60),
                rig.time.now());
        assertThat(rig.engine.deliveries().retry(all)).isEqualTo(9);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rig.deliveries(State.DELIVERED).size() == 9);
        for (int subject = 0; subject < 3; subject++) {
            int rest = subject;
            assertThat(sink.ids().stream()
                            .map(id -> Integer.parseInt(id.substring(1)))
                            .filter(n -> n % 3 == rest))
                    .isSorted();
        }
    }

    @Test
    void timesBeyondThoseThatTheStoreCanWriteSelectLikeAnyOthers() {
        String unused = rig.subscribe(sink.url()).id();
        sink.answer(400);
        deliver(1, 2);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rig.deliveries(State.DEAD).size() == 2);
        assertThat(rig.engine.deliveries().retry(created(Instant.MIN, Instant.MAX)))
                .isEqualTo(2);
    }

    private static Selection created(@Nullable Instant from, @Nullable Instant to) {
        return new Selection(State.DEAD, null, null, List.of(), null, null, from, to);
    }
}
