package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What becomes of changes while the routes stop one after the other. */
class EndedRoutesTest extends CaptureFixture {

    @Test
    void aRouteThatStopsLaterDoesNotGetTheChangesOfOneThatHasStopped() throws Exception {
        List<Change> all = new CopyOnWriteArrayList<>();
        AtomicReference<Consumer<Throwable>> inHand = new AtomicReference<>();
        CaptureRoute everything = gateway.start("everything", "/**", Map.of(), (change, done) -> {
            all.add(change);
            if (!inHand.compareAndSet(null, done)) done.accept(null);
        });
        CaptureRoute customers = gateway.start("customers", "/customers/{id}", Map.of(), (change, done) -> {});
        put("/things/1", 1);
        await().until(() -> inHand.get() != null);
        // Behind a change that takes its time, so that the relay comes to them while the routes stop.
        int window = Gateway.SETTINGS.relay().window();
        for (int i = 0; i < window; i++) put("/things/1", 2 + i);
        put("/customers/1", 1);
        put("/things/1", 1_000);
        gateway.captures.end(() -> {
            gateway.captures.unregister(customers);
            inHand.get().accept(null);
            await().untilAsserted(() -> assertThat(positions(all)).endsWith(window + 3L));
            gateway.captures.unregister(everything);
        });
        assertThat(all).extracting(Change::subject).containsOnly("/things/1");
        assertThat(gateway.captures.table().plans()).hasSize(2);
    }
}
