package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.ledger.Relayed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parked changes that an operator gives up. */
class SkippingTest {

    @TempDir
    Path folder;

    private final List<Long> handled = new CopyOnWriteArrayList<>();
    private RestSystem system;
    private Gateway gateway;
    private CaptureRoute route;

    @BeforeEach
    void start() throws Exception {
        system = new RestSystem();
        gateway = new Gateway(folder, system);
        route = route();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        system.close();
    }

    /** It cannot handle what says that it is poison. */
    private CaptureRoute route() {
        return gateway.start("customers", "/customers/{id}", Map.of(), (change, done) -> {
            boolean poison = String.valueOf(change.after()).contains("poison");
            if (!poison) handled.add(change.position());
            done.accept(poison ? new IllegalStateException("poison") : null);
        });
    }

    private void put(String text) throws Exception {
        gateway.call("PUT", "/customers/1", "{\"n\":\"" + text + "\"}");
    }

    private List<Long> parked() {
        return gateway.ledger().relayed().parked("customers").stream()
                .map(Relayed.Parked::position)
                .toList();
    }

    private Relayed.Skipped skip(long position) {
        return gateway.captures.skipParked("customers", position, "no use").orElseThrow();
    }

    @Test
    void whatWaitsBehindAChangeThatIsGivenUpIsHandledInOrder() throws Exception {
        for (String text : new String[] {"poison", "a", "poison too", "b"}) put(text);
        await().untilAsserted(() -> assertThat(parked()).containsExactly(1L, 2L, 3L, 4L));
        Relayed.Skipped skipped = skip(1);
        assertThat(skipped.parked().reason()).contains("poison");
        assertThat(skipped.note()).isEqualTo("no use");
        await().untilAsserted(() -> assertThat(parked()).containsExactly(3L, 4L));
        skip(3);
        await().untilAsserted(() -> assertThat(parked()).isEmpty());
        put("c");
        await().untilAsserted(() -> assertThat(handled).containsExactly(2L, 4L, 5L));
        assertThat(gateway.captures.skipParked("customers", 3, "")).isEmpty();
        assertThat(gateway.captures.skipParked("none", 1, "")).isEmpty();
        await().untilAsserted(() -> assertThat(
                        gateway.meters.get("eventful.capture.parked").gauge().value())
                .isZero());
    }

    /** It is the first of its item now, and does not wait behind another one. */
    @Test
    void whatFailsItselfAfterAnotherWasGivenUpSaysWhy() throws Exception {
        for (String text : new String[] {"poison", "poison too", "a"}) put(text);
        await().untilAsserted(() -> assertThat(parked()).containsExactly(1L, 2L, 3L));
        skip(1);
        await().untilAsserted(() -> {
            Relayed.Parked first =
                    gateway.ledger().relayed().parked("customers").getFirst();
            assertThat(first.position()).isEqualTo(2);
            assertThat(first.reason()).isEqualTo("IllegalStateException: poison");
            assertThat(first.attempts()).isEqualTo(1);
        });
        assertThat(gateway.ledger().relayed().parked("customers").getLast().attempts())
                .isZero();
        assertThat(skip(2).parked().reason()).isEqualTo("IllegalStateException: poison");
    }

    /** The position that a route has come to is kept late. */
    @Test
    void aRouteThatReadsItAgainStillDoesNotHandleIt() throws Exception {
        put("poison");
        await().untilAsserted(() -> assertThat(parked()).containsExactly(1L));
        skip(1);
        gateway.captures.unregister(route);
        gateway.ledger().relayed().advance("customers", 0).join();
        route();
        put("a");
        await().untilAsserted(() -> assertThat(handled).containsExactly(2L));
        assertThat(parked()).isEmpty();
        assertThat(gateway.changes()).extracting(Change::position).containsExactly(1L, 2L);
    }
}
