package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.subscription.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(folder, "timeout=30s", "limits.concurrency-per-endpoint=2");
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

    @Test
    void anAttemptInFlightAtACrashIsMadeAgainWhenItsClaimEnds() throws Exception {
        rig.subscribe(hanging.url());
        CompletableFuture<Void> first = rig.publish(event("/customers/1", 1));
        await().until(() -> hanging.requests.get() == 1);
        rig.pass(Duration.ofMillis(200));
        assertThat(first).succeedsWithin(5, TimeUnit.SECONDS);
        rig.crash();
        release.countDown();
        rig.open();
        assertThat(rig.publish(event("/customers/1", 2))).succeedsWithin(5, TimeUnit.SECONDS);
        assertThat(hanging.requests).hasValue(1);
        await().until(() -> {
            rig.pass(Duration.ofSeconds(5));
            return rig.deliveries(State.DELIVERED).size() == 2;
        });
        assertThat(hanging.requests).hasValue(3);
    }
}
