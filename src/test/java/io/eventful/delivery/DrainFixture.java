package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.delivery.Sink.Answer;
import io.eventful.subscription.Status;
import io.eventful.subscription.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A sink that keeps its answers back, and a gateway that ends meanwhile. */
abstract class DrainFixture {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration HAND_OFF = Duration.ofMillis(201);
    private static final Status HELD = new Status(Status.State.PAUSED, "paused-by-owner");

    /** Attempts that are under way when the gateway ends. */
    static final int SLOTS = 4;

    @TempDir
    Path folder;

    private final CountDownLatch answers = new CountDownLatch(1);
    Rig rig;
    Sink sink;
    Subscription subscription;
    private int published;

    /** How long the gateway waits for attempts, as in the settings. */
    abstract String limit();

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(
                folder,
                "retry-schedule=0s",
                "drain=" + limit(),
                "limits.concurrency-per-endpoint=" + SLOTS,
                // One failure opens the circuit.
                "breaker.failures=1",
                "breaker.span=0s");
        sink = new Sink();
        subscription = rig.subscribe(sink.url());
        // What comes now meets kept connections.
        publish(SLOTS).forEach(DeliveryFixture::done);
        sink.received.clear();
        sink.answer(request -> {
            try {
                answers.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            return Answer.of(200);
        });
    }

    @AfterEach
    void close() throws Exception {
        answer();
        rig.close();
        sink.close();
    }

    void answer() {
        answers.countDown();
    }

    List<CompletableFuture<Void>> publish(int events) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            published++;
            all.add(rig.publish(event("/customers/" + published, published)));
        }
        return all;
    }

    /** Attempts under way that their channel does not wait for any more. */
    void handedOff() {
        List<CompletableFuture<Void>> all = publish(SLOTS);
        asked(SLOTS);
        rig.pass(HAND_OFF);
        all.forEach(DeliveryFixture::done);
    }

    /** Attempts under way of deliveries that waited in the store. */
    void backlog(int events) {
        rig.subscriptions.status(subscription.id(), HELD);
        publish(events).forEach(DeliveryFixture::done);
        rig.subscriptions.status(subscription.id(), Status.ACTIVE);
        asked(SLOTS);
    }

    void asked(int times) {
        await().atMost(PATIENCE).until(() -> sink.received.size() == times);
    }

    /** Begins to end. */
    CompletableFuture<Void> end() {
        CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> {
            try {
                rig.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().atMost(PATIENCE)
                .until(() -> rig.engine
                        .deliver("nobody", event("/customers/0", 0))
                        .toCompletableFuture()
                        .isCompletedExceptionally());
        return ended;
    }

    static void ended(CompletableFuture<Void> end) {
        assertThat(end).succeedsWithin(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** All that was published is delivered, at the first attempt that is known. */
    void delivered() {
        await().atMost(PATIENCE).until(() -> rig.deliveries(State.DELIVERED).size() == published);
        assertThat(rig.deliveries(State.DELIVERED))
                .allSatisfy(one -> assertThat(rig.engine
                                .deliveries()
                                .find(one.id())
                                .orElseThrow()
                                .log())
                        .extracting(AttemptRecord::number)
                        .containsExactly(1));
    }
}
