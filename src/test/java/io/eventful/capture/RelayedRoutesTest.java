package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.PathTemplate;
import io.eventful.event.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which of several routes receives a change, and what an exchange of routes leaves. */
class RelayedRoutesTest extends CaptureFixture {

    private static final CaptureOptions OPTIONS = CaptureOptions.parse(Map.of());

    @Test
    void aMendedRouteReleasesWhatItsFormerGenerationParked() throws Exception {
        CaptureRoute broken = gateway.start(
                "customers",
                "/customers/{id}",
                Map.of(),
                (change, done) -> done.accept(new IllegalStateException("no")));
        put("/customers/1", 1);
        put("/customers/1", 2);
        await().untilAsserted(() ->
                assertThat(gateway.ledger().relayed().parked("customers")).hasSize(2));
        List<Change> received = new CopyOnWriteArrayList<>();
        AtomicInteger away = new AtomicInteger(3);
        CaptureRoute mended =
                new CaptureRoute("customers", PathTemplate.parse("/customers/{id}"), OPTIONS, (change, done) -> {
                    if (away.decrementAndGet() >= 0) {
                        done.accept(new UnavailableException("away"));
                        return;
                    }
                    received.add(change);
                    done.accept(null);
                });
        gateway.captures.swap(() -> {
            gateway.captures.unregister(broken);
            gateway.captures.register(mended);
        });
        put("/customers/1", 3);
        await().untilAsserted(() -> assertThat(positions(received)).containsExactly(1L, 2L, 3L));
        await().untilAsserted(() ->
                assertThat(gateway.ledger().relayed().parked("customers")).isEmpty());
    }

    @Test
    void theMostSpecificTemplateReceives() throws Exception {
        List<Change> all = gateway.route("all", "/**", Map.of());
        List<Change> customers = gateway.route("customers", "/customers/{id}", Map.of());
        List<Change> vip = gateway.route("vip", "/customers/vip", Map.of());
        put("/customers/1", 1);
        put("/customers/vip", 1);
        put("/orders/1", 1);
        await().untilAsserted(() -> {
            assertThat(positions(customers)).containsExactly(1L);
            assertThat(positions(vip)).containsExactly(2L);
            assertThat(positions(all)).containsExactly(3L);
        });
    }

    @Test
    void routesAreExchangedWithoutAMomentInWhichNothingIsCaptured() throws Exception {
        List<Change> received = new CopyOnWriteArrayList<>();
        Receiver receiver = (Change change, Consumer<@Nullable Throwable> done) -> {
            received.add(change);
            done.accept(null);
        };
        CaptureRoute[] running = {gateway.start("customers", "/customers/{id}", Map.of(), receiver)};
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                while (!stop.get()) put("/customers/1", written.incrementAndGet());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        for (int i = 0; i < 20; i++) {
            CaptureRoute next = new CaptureRoute("customers", PathTemplate.parse("/customers/{id}"), OPTIONS, receiver);
            gateway.captures.swap(() -> {
                gateway.captures.unregister(running[0]);
                gateway.captures.register(next);
            });
            running[0] = next;
        }
        stop.set(true);
        writer.join(Duration.ofSeconds(10));
        assertThat(gateway.changes()).hasSize(written.get());
        await().untilAsserted(() -> assertThat(Set.copyOf(positions(received))).hasSize(written.get()));
        assertThat(received).extracting(Change::revision).isSorted();
    }

    @Test
    void aFailedExchangeLeavesTheOldTable() throws Exception {
        gateway.route("customers", "/customers/{id}", Map.of());
        assertThatThrownBy(() -> gateway.captures.swap(() -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThatThrownBy(() -> gateway.captures.swap(
                        () -> gateway.route("other", "/customers/{key}", Map.of("before", "none"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("customers")
                .hasMessageContaining("other");
        put("/customers/1", 1);
        assertThat(gateway.changes()).hasSize(1);
        assertThat(gateway.captures.routes()).containsExactly("customers");
    }

    @Test
    void whatStopsAfterAFailedExchangeUncapturesNothing() throws Exception {
        List<Change> received = new CopyOnWriteArrayList<>();
        Receiver receiver = (change, done) -> {
            received.add(change);
            done.accept(null);
        };
        CaptureRoute former = gateway.start("customers", "/customers/{id}", Map.of(), receiver);
        CaptureRoute next = new CaptureRoute("customers", PathTemplate.parse("/customers/{id}"), OPTIONS, receiver);
        assertThatThrownBy(() -> gateway.captures.swap(() -> {
                    gateway.captures.unregister(former);
                    gateway.captures.register(next);
                    throw new IllegalStateException("another route of the set does not start");
                }))
                .isInstanceOf(IllegalStateException.class);
        gateway.captures.unregister(next);
        put("/customers/1", 1);
        gateway.captures.swap(() -> gateway.captures.register(former));
        put("/customers/1", 2);
        await().untilAsserted(() -> assertThat(positions(received)).containsExactly(1L, 2L));
    }
}
