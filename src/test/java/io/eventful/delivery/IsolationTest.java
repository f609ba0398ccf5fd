package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import io.eventful.subscription.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink that never comes to an end costs only its own deliveries. */
class IsolationTest {

    @TempDir
    Path folder;

    private Rig rig;
    private Sink healthy;
    private RawSink hanging;
    private final CountDownLatch release = new CountDownLatch(1);

    Supplier<Databases> stores(Path folder) {
        return () -> TestStores.sqlite(folder);
    }

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(stores(folder), folder, "timeout=30s", "limits.concurrency-per-endpoint=2");
        healthy = new Sink();
        hanging = new RawSink((out, socket) -> {
            release.await();
            RawSink.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
    }

    @AfterEach
    void close() throws Exception {
        release.countDown();
        rig.close();
        healthy.close();
        hanging.close();
    }

    @Test
    void atTheHandOffAnAttemptIsRecordedAndTheEventGoesOn() {
        Subscription slow = rig.subscribe(hanging.url());
        rig.subscribe(healthy.url());
        CompletableFuture<Void> first = rig.publish(event("/customers/1", 1));
        await().until(() -> hanging.requests.get() == 1 && healthy.received.size() == 1);
        assertThat(first).isNotDone();
        rig.pass(Duration.ofMillis(200));
        assertThat(first).succeedsWithin(5, TimeUnit.SECONDS);
        assertThat(rig.deliveries(State.PENDING)).singleElement().satisfies(waiting -> {
            assertThat(waiting.subscription()).isEqualTo(slow.id());
            assertThat(waiting.nextAttempt()).isAfter(rig.time.now().plusSeconds(30));
        });

        // Another subject goes directly, until its hand-off.
        CompletableFuture<Void> second = rig.publish(event("/customers/2", 2));
        await().until(() -> hanging.requests.get() == 2);
        rig.pass(Duration.ofMillis(200));
        assertThat(second).succeedsWithin(5, TimeUnit.SECONDS);

        // With all its slots overdue the slow one makes nobody wait: its deliveries are recorded at once.
        for (int i = 3; i <= 20; i++)
            assertThat(rig.publish(event("/customers/" + i % 4, i))).succeedsWithin(5, TimeUnit.SECONDS);
        assertThat(healthy.received).hasSize(20);
        assertThat(hanging.requests).hasValueLessThanOrEqualTo(2);

        release.countDown();
        await().until(() -> {
            rig.pass(Duration.ofMillis(10));
            return rig.deliveries(State.DELIVERED).size() == 40;
        });
        assertThat(hanging.requests).hasValue(20);
    }

    /** Nobody else uses the store, so nobody waits for the claim of a gateway that is gone. */
    @Test
    void anAttemptInFlightAtACrashIsMadeAgainAtTheNextStart() throws Exception {
        rig.subscribe(hanging.url());
        CompletableFuture<Void> first = rig.publish(event("/customers/1", 1));
        await().until(() -> hanging.requests.get() == 1);
        rig.pass(Duration.ofMillis(200));
        assertThat(first).succeedsWithin(5, TimeUnit.SECONDS);
        rig.crash();
        release.countDown();
        rig.open();
        assertThat(rig.publish(event("/customers/1", 2))).succeedsWithin(5, TimeUnit.SECONDS);
        await().until(() -> rig.deliveries(State.DELIVERED).size() == 2);
        assertThat(hanging.requests).hasValue(3);
    }

    /** All attempts under way are theirs, as far as they may have them. */
    @Test
    void thoseThatHangLeaveSlotsToTheOthers() throws Exception {
        rig.close();
        rig = new Rig(stores(folder), folder, "timeout=30s", "limits.concurrency-per-endpoint=4", "limits.in-flight=8");
        rig.subscribe(hanging.url());
        rig.subscribe(hanging.url());
        publishAndPass(1, 10);
        rig.subscribe(healthy.url());
        publishAndPass(11, 20);
        await().untilAsserted(() -> {
            rig.pass(Duration.ofMillis(50));
            assertThat(healthy.received).hasSize(10);
        });
        assertThat(hanging.requests).hasValueGreaterThanOrEqualTo(6);
    }

    private void publishAndPass(int from, int to) {
        for (int i = from; i <= to; i++) {
            CompletableFuture<Void> published = rig.publish(event("/customers/" + i, i));
            await().pollInterval(Duration.ofMillis(10)).until(() -> {
                rig.pass(Duration.ofMillis(50));
                return published.isDone();
            });
        }
    }

    @Test
    void whatHasArrivedIsNotLateBecauseAnotherSinkOfItsEventIs() throws Exception {
        rig.close();
        rig = new Rig(stores(folder), folder, "timeout=30s");
        rig.subscribe(hanging.url());
        Subscription quick = rig.subscribe(healthy.url());
        List<CompletableFuture<Void>> published = new ArrayList<>();
        for (int i = 1; i <= 20; i++) published.add(rig.publish(event("/customers/" + i, i)));
        await().until(() -> hanging.requests.get() == 20 && sentDirectly() == 20);
        rig.pass(Duration.ofMillis(200));
        for (CompletableFuture<Void> one : published) assertThat(one).succeedsWithin(5, TimeUnit.SECONDS);
        Lane lane = rig.engine.core().lanes().find(quick.id()).orElseThrow();
        assertThat(lane.lateness().prevails()).as("the quick one is late").isFalse();
    }

    @Test
    void oneThatDripsAmongManyChangesNothingForTheOthers() throws Exception {
        List<Sink> others = new ArrayList<>();
        try (RawSink dripping = new RawSink((out, socket) -> {
            RawSink.write(out, "HTTP/1.1 200 OK\r\nX-Drip: ");
            while (!release.await(50, TimeUnit.MILLISECONDS)) RawSink.write(out, "x");
        })) {
            for (int i = 0; i < 20; i++) others.add(new Sink());
            for (Sink sink : others) rig.subscribe(sink.url());
            rig.subscribe(dripping.url());
            // Only as many events as it has slots wait for the hand-off; for all others no time passes.
            for (int i = 1; i <= 2; i++) {
                int expected = i;
                CompletableFuture<Void> waits = rig.publish(event("/customers/" + i, i));
                await().until(() -> dripping.requests.get() == expected);
                await().until(() -> {
                    rig.engine.core().log().flush().join();
                    return sentDirectly() == 20 * expected;
                });
                rig.pass(Duration.ofMillis(200));
                assertThat(waits).succeedsWithin(5, TimeUnit.SECONDS);
            }
            for (int i = 3; i <= 60; i++)
                assertThat(rig.publish(event("/customers/" + i, i))).succeedsWithin(5, TimeUnit.SECONDS);
            assertThat(others).allSatisfy(sink -> assertThat(sink.ids()).hasSize(60));
            assertThat(sentDirectly()).as("sent directly").isEqualTo(20 * 60);
            assertThat(count("sent_time IS NULL")).as("recorded").isEqualTo(60);
            assertThat(dripping.requests).hasValue(2);
        } finally {
            for (Sink sink : others) sink.close();
        }
    }

    @Test
    void whenItsBacklogIsSentASubscriptionIsServedDirectlyAgain() throws Exception {
        rig.close();
        rig = new Rig(
                stores(folder),
                folder,
                "timeout=30s",
                "limits.concurrency-per-endpoint=2",
                "limits.queued-per-subscription=8");
        rig.subscribe(hanging.url());
        for (int i = 1; i <= 2; i++) {
            int expected = i;
            CompletableFuture<Void> waits = rig.publish(event("/customers/" + i, i));
            await().until(() -> hanging.requests.get() == expected);
            rig.pass(Duration.ofMillis(200));
            assertThat(waits).succeedsWithin(5, TimeUnit.SECONDS);
        }
        // Eight wait in memory, the others in the store.
        for (int i = 3; i <= 40; i++)
            assertThat(rig.publish(event("/customers/" + i, i))).succeedsWithin(5, TimeUnit.SECONDS);
        release.countDown();
        await().until(() -> {
            rig.pass(Duration.ofMillis(10));
            return rig.deliveries(State.DELIVERED).size() == 40;
        });
        assertThat(sentDirectly()).isZero();
        for (int i = 41; i <= 60; i++)
            assertThat(rig.publish(event("/customers/" + i, i))).succeedsWithin(5, TimeUnit.SECONDS);
        assertThat(rig.deliveries(State.DELIVERED)).hasSize(60);
        assertThat(sentDirectly()).as("sent directly").isEqualTo(20);
    }

    private int sentDirectly() {
        return count("sent_time IS NOT NULL") + number("SELECT COALESCE(SUM(entries), 0) FROM delivered_block");
    }

    private int count(String condition) {
        return number("SELECT COUNT(*) FROM delivery WHERE " + condition);
    }

    private int number(String sql) {
        rig.engine.core().log().flush().join();
        return rig.engine.core().database().read(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getInt(1);
            }
        });
    }
}
