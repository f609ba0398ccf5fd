package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.event.Event;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that strangers put on a channel: their ids are theirs, and unique within their source only. */
class StrangersTest {

    @TempDir
    Path folder;

    @Test
    void eventsOfTwoSourcesWithOneIdAreTriedAgainWithTheirOwnData() throws Exception {
        try (Rig rig = new Rig(folder);
                Sink sink = new Sink()) {
            rig.subscribe(sink.url());
            sink.answer(500);
            for (String source : new String[] {"/shop", "/bank"})
                assertThat(rig.engine.deliver("customers", event(source)).toCompletableFuture())
                        .succeedsWithin(5, TimeUnit.SECONDS);
            assertThat(rig.deliveries(State.FAILED)).hasSize(2);
            sink.received.clear();
            sink.answer(200);
            rig.pass(Duration.ofSeconds(6));
            await().until(() -> rig.deliveries(State.DELIVERED).size() == 2);
            assertThat(sink.received)
                    .extracting(request -> request.headers().get("ce-source") + request.text())
                    .containsExactlyInAnyOrder("/shop{\"of\":\"/shop\"}", "/bank{\"of\":\"/bank\"}");
            assertThat(sink.ids()).doesNotHaveDuplicates().noneMatch(id -> id.contains("."));
            assertThat(sink.received)
                    .extracting(request -> request.headers().get("ce-id"))
                    .containsOnly("order.42");
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

    private static Event event(String source) {
        return new Event(
                "order.42",
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
