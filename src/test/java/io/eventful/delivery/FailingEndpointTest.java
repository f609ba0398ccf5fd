package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.event.Event;
import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import io.eventful.subscription.Progress;
import io.eventful.subscription.Status;
import io.eventful.subscription.Subscription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an endpoint that fails: left alone, probed, found well again, or given up. */
class FailingEndpointTest {

    private static final int EVENTS = 6;

    @TempDir
    Path folder;

    private Rig rig;
    private Sink sink;
    private Subscription subscription;

    Supplier<Databases> stores(Path folder) {
        return () -> TestStores.sqlite(folder);
    }

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(
                stores(folder),
                folder,
                "retry-schedule=0s,10s,10s,10s,10s,10s,10s,10s,10s,10s,10s,10s,10s,10s",
                "breaker.failures=" + 2 * EVENTS,
                "breaker.span=5s",
                "breaker.probe=20s",
                "breaker.probe-max=40s",
                "breaker.disable-after=2m");
        sink = new Sink();
        sink.answer(500);
        subscription = rig.subscribe(sink.url());
        for (int i = 1; i <= EVENTS; i++)
            assertThat(rig.publish(event("/customers/" + i, i))).succeedsWithin(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        sink.close();
    }

    private Progress.Endpoint endpoint() {
        return rig.engine.progress().of(subscription).endpoint();
    }

    /** Retries all of them once: by then there were failures enough. */
    private void fails() {
        rig.pass(Duration.ofSeconds(11));
        await().atMost(Duration.ofSeconds(30)).until(() -> sink.received.size() == 2 * EVENTS);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> rig.operations.stream().anyMatch(e -> e.type().equals("subscription.failing")));
    }

    @Test
    void anOpenCircuitLetsOneProbeThroughAndClosesWhenItSucceeds() {
        assertThat(endpoint().state()).isEqualTo("failing");
        fails();
        assertThat(endpoint().state()).isEqualTo("circuit-open");
        assertThat(endpoint().until()).isEqualTo(rig.time.now().plusSeconds(20));
        rig.pass(Duration.ofSeconds(19));
        assertThat(sink.received).hasSize(2 * EVENTS);

        rig.pass(Duration.ofSeconds(1));
        await().atMost(Duration.ofSeconds(30)).until(() -> sink.received.size() == 2 * EVENTS + 1);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> endpoint().until().equals(rig.time.now().plusSeconds(40)));
        assertThat(rig.deliveries(State.FAILED))
                .hasSize(EVENTS)
                .extracting(DeliveryRecord::attempts)
                .as("the others spend nothing")
                .containsExactlyInAnyOrder(2, 2, 2, 2, 2, 3);

        sink.answer(200);
        rig.pass(Duration.ofSeconds(40));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> rig.deliveries(State.DELIVERED).size() == EVENTS);
        // What the endpoint is and what is told of it follow the deliveries.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(endpoint()).isNull();
            assertThat(rig.operations)
                    .extracting(Event::type)
                    .containsExactly("subscription.failing", "subscription.recovered");
        });
    }

    /** There is no time until which an endpoint that is being tried is left alone. */
    @Test
    void whileAProbeIsUnderWayNoTimeIsTold() {
        fails();
        rig.subscriptions.status(subscription.id(), new Status(Status.State.PAUSED, "paused-by-owner"));
        Gate gate = rig.engine
                .core()
                .lanes()
                .of(rig.subscriptions.find(subscription.id()).orElseThrow())
                .gate(found -> found);
        assertThat(gate.take(1, rig.time.now().plusSeconds(20))).isOne();
        assertThat(endpoint().state()).isEqualTo("circuit-open");
        assertThat(endpoint().until()).isNull();
    }

    @Test
    void afterTheSpanOfFailureItIsDisabledAndSaysSo() {
        fails();
        for (int i = 0; i < 13 && active(); i++) {
            int before = sink.received.size();
            rig.pass(Duration.ofSeconds(41));
            await().atMost(Duration.ofSeconds(30)).until(() -> sink.received.size() > before);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !active() || rig.deliveries(State.PENDING).isEmpty());
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> status().equals(new Status(Status.State.DISABLED, "failing")));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> rig.operations.getLast().type().equals("subscription.disabled"));
        Event told = rig.operations.getLast();
        assertThat(told.subject()).isEqualTo("/subscriptions/" + subscription.id());
        assertThat(new String(told.data(), StandardCharsets.UTF_8))
                .contains("\"status\":\"disabled\"", "\"reason\":\"failing\"", subscription.id());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> rig.deliveries(State.HELD).size() == EVENTS);

        sink.answer(200);
        rig.subscriptions.status(subscription.id(), Status.ACTIVE);
        rig.pass(Duration.ofSeconds(11));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> rig.deliveries(State.DELIVERED).size() == EVENTS);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> rig.operations.getLast().type().equals("subscription.resumed"));
    }

    private Status status() {
        return rig.subscriptions.find(subscription.id()).orElseThrow().status();
    }

    private boolean active() {
        return status().state() == Status.State.ACTIVE;
    }
}
