package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.event.Event;
import io.eventful.subscription.Progress;
import io.eventful.subscription.Subscription;
import io.eventful.subscription.TestSubscriptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that strangers put on a channel: their ids are theirs, and unique within their source only. */
class StrangersTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"order.42", "42"})
    void eventsOfTwoSourcesWithOneIdAreTriedAgainWithTheirOwnData(String id) throws Exception {
        try (Rig rig = new Rig(folder);
                Sink sink = new Sink()) {
            rig.subscribe(sink.url());
            sink.answer(500);
            for (String source : new String[] {"/shop", "/bank"})
                assertThat(rig.engine.deliver("customers", event(source, id)).toCompletableFuture())
                        .succeedsWithin(5, TimeUnit.SECONDS);
            assertThat(rig.deliveries(State.FAILED)).hasSize(2);
            List<String> first = List.copyOf(sink.ids());
            sink.received.clear();
            sink.answer(200);
            rig.pass(Duration.ofSeconds(6));
            await().until(() -> rig.deliveries(State.DELIVERED).size() == 2);
            assertThat(sink.received)
                    .extracting(request -> request.headers().get("ce-source") + request.text())
                    .containsExactlyInAnyOrder("/shop{\"of\":\"/shop\"}", "/bank{\"of\":\"/bank\"}");
            assertThat(sink.ids())
                    .doesNotHaveDuplicates()
                    .noneMatch(one -> one.contains("."))
                    .containsExactlyInAnyOrderElementsOf(first);
            assertThat(sink.received)
                    .extracting(request -> request.headers().get("ce-id"))
                    .containsOnly(id);
        }
    }

    /** An extension of that name says nothing about this ledger. */
    @Test
    void aPositionThatSomebodyElseGaveIsNotHeldAgainstTheSubscriptionsStart() throws Exception {
        try (Rig rig = new Rig(folder);
                Sink sink = new Sink()) {
            rig.subscribe(sink.url(), "\"start\":\"100\"");
            assertThat(rig.publish(Rig.event("/customers/1", 7))).succeedsWithin(5, TimeUnit.SECONDS);
            assertThat(rig.publish(event("/shop").withExtension("position", "7")))
                    .succeedsWithin(5, TimeUnit.SECONDS);
            await().until(() -> rig.deliveries(State.DELIVERED).size() == 1);
            assertThat(sink.received)
                    .extracting(request -> request.headers().get("ce-source")
                            + request.headers().get("ce-position"))
                    .containsExactly("/shop7");
        }
    }

    /** What waits has no place in the ledger, and says nothing about how far the subscription has come there. */
    @Test
    void oneThatWaitsTakesNoPositionBack() throws Exception {
        try (Rig rig = new Rig(folder);
                Sink sink = new Sink()) {
            Subscription subscription = rig.subscribe(sink.url());
            assertThat(rig.publish(Rig.event("/customers/1", 7))).succeedsWithin(5, TimeUnit.SECONDS);
            sink.answer(500);
            assertThat(rig.publish(event("/shop"))).succeedsWithin(5, TimeUnit.SECONDS);
            Progress.Position position = rig.engine.progress().of(subscription);
            assertThat(position.lag()).isEqualTo(1);
            assertThat(position.position()).isEqualTo(7);
        }
    }

    @Test
    void oneInTheAirKeepsNoPositionFromBeingSaved() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (Rig rig = new Rig(folder);
                RawSink slow = new RawSink((out, socket) -> {
                    answer.await();
                    RawSink.write(out, "HTTP/1.1 204 No Content\r\n\r\n");
                });
                Sink sink = new Sink()) {
            Subscription subscription = rig.subscribe(sink.url());
            assertThat(rig.publish(Rig.event("/customers/1", 7))).succeedsWithin(5, TimeUnit.SECONDS);
            rig.subscriptions.replace(
                    subscription.id(),
                    TestSubscriptions.request("{\"sink\":\"" + slow.url() + "\",\"protocol\":\"HTTP\"}"));
            CompletableFuture<Void> inTheAir = rig.publish(event("/shop"));
            await().until(() -> slow.requests.get() == 1);
            assertThat(rig.engine.progress().of(subscription).position()).isEqualTo(7);
            rig.engine.progress().save().join();
            assertThat(saved(rig)).isEqualTo(7);
            answer.countDown();
            assertThat(inTheAir).succeedsWithin(5, TimeUnit.SECONDS);
        }
    }

    private static long saved(Rig rig) {
        return rig.engine.core().database().read(connection -> {
            try (var query = connection.prepareStatement("SELECT position FROM delivery_endpoint");
                    var row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0L;
            }
        });
    }

    private static Event event(String source) {
        return event(source, "order.42");
    }

    private static Event event(String source, String id) {
        return new Event(
                id,
                source,
                "order.placed",
                source + "/orders/42",
                null,
                "application/json",
                null,
                Map.of(),
                ("{\"of\":\"" + source + "\"}").getBytes(StandardCharsets.UTF_8));
    }
}
