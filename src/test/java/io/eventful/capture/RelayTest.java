package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.UnavailableException;
import io.eventful.ledger.Relayed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How one route receives the changes of the ledger. */
class RelayTest extends CaptureFixture {

    @Test
    void aRouteReceivesEachChangeOnceAndEachItemsInOrderOneAtATime() throws Exception {
        List<Change> received = new CopyOnWriteArrayList<>();
        Set<String> inFlight = ConcurrentHashMap.newKeySet();
        AtomicInteger overlaps = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        gateway.start("customers", "/customers/{id}", Map.of(), (change, done) -> {
            if (!inFlight.add(change.item().subject())) overlaps.incrementAndGet();
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.ofVirtual().start(() -> {
                java.util.concurrent.locks.LockSupport.parkNanos(
                        ThreadLocalRandom.current().nextInt(3_000_000));
                received.add(change);
                now.decrementAndGet();
                inFlight.remove(change.item().subject());
                done.accept(null);
            });
        });
        for (int n = 0; n < 20; n++) for (int item = 0; item < 5; item++) put("/customers/" + item, n);
        await().untilAsserted(() -> assertThat(received).hasSize(100));
        assertThat(overlaps).hasValue(0);
        assertThat(positions(received)).doesNotHaveDuplicates();
        for (int item = 0; item < 5; item++) {
            String subject = "/customers/" + item;
            assertThat(received.stream()
                            .filter(change -> change.item().subject().equals(subject)))
                    .extracting(Change::revision)
                    .isSorted();
        }
        await().untilAsserted(() ->
                assertThat(gateway.ledger().relayed().position("customers")).hasValue(100));
    }

    private double gauge(String name) {
        return gateway.meters.get(name).tag("route", "customers").gauge().value();
    }

    @Test
    void aChangeThatFailsIsTriedAgainThenParkedWithThoseBehindIt() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        AtomicInteger attempts = new AtomicInteger();
        AtomicBoolean broken = new AtomicBoolean(true);
        gateway.start("customers", "/customers/{id}", Map.of(), (change, done) -> {
            if (broken.get() && change.item().subject().equals("/customers/1")) {
                attempts.incrementAndGet();
                done.accept(new IllegalStateException("no way with value SECRET"));
                return;
            }
            received.add(change.item().subject() + "@" + change.revision());
            done.accept(null);
        });
        put("/customers/1", 1);
        put("/customers/1", 2);
        put("/customers/2", 1);
        await().until(() -> received.contains("/customers/2@1"));
        await().untilAsserted(() ->
                assertThat(gateway.ledger().relayed().parked("customers")).hasSize(2));
        assertThat(attempts).hasValue(3);
        List<Relayed.Parked> parked = gateway.ledger().relayed().parked("customers");
        assertThat(parked).extracting(Relayed.Parked::position).containsExactly(1L, 2L);
        assertThat(parked.getFirst().reason()).isEqualTo("IllegalStateException: no way");
        assertThat(parked.getFirst().attempts()).isEqualTo(3);
        put("/customers/1", 3);
        await().untilAsserted(() ->
                assertThat(gateway.ledger().relayed().parked("customers")).hasSize(3));
        await().untilAsserted(() ->
                assertThat(gateway.ledger().relayed().position("customers")).hasValue(4));
        assertThat(gauge("eventful.capture.parked")).isEqualTo(3);

        broken.set(false);
        assertThat(gateway.captures.retryParked("customers", "/customers/1")).isTrue();
        await().untilAsserted(() ->
                assertThat(gateway.ledger().relayed().parked("customers")).isEmpty());
        assertThat(received).containsExactly("/customers/2@1", "/customers/1@1", "/customers/1@2", "/customers/1@3");
        await().until(() -> gauge("eventful.capture.parked") == 0);
        put("/customers/1", 4);
        await().until(() -> received.contains("/customers/1@4"));
    }

    @Test
    void whatIsAwayIsWaitedForAndNothingIsParked() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        AtomicInteger refusals = new AtomicInteger();
        gateway.start("customers", "/customers/{id}", Map.of(), (change, done) -> {
            if (change.item().subject().equals("/customers/1") && refusals.incrementAndGet() <= 100) {
                done.accept(new org.apache.camel.CamelExecutionException(
                        "wrapped",
                        null,
                        new java.util.concurrent.CompletionException(new UnavailableException("broker away"))));
                return;
            }
            received.add(change.item().subject() + "@" + change.revision());
            done.accept(null);
        });
        put("/customers/1", 1);
        put("/customers/1", 2);
        put("/customers/2", 1);
        put("/customers/1", 3);
        await().untilAsserted(() -> assertThat(received).contains("/customers/1@3"));
        assertThat(received).containsExactly("/customers/2@1", "/customers/1@1", "/customers/1@2", "/customers/1@3");
        assertThat(gateway.ledger().relayed().parked("customers")).isEmpty();
        await().untilAsserted(() ->
                assertThat(gateway.ledger().relayed().position("customers")).hasValue(4));
    }

    @Test
    void waitingDoesNotCountAsAnAttemptOfTheChange() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        gateway.start("customers", "/customers/{id}", Map.of(), (change, done) -> {
            int attempt = attempts.incrementAndGet();
            done.accept(attempt % 2 == 0 ? new IllegalStateException("own") : new UnavailableException("away"));
        });
        put("/customers/1", 1);
        await().untilAsserted(() ->
                assertThat(gateway.ledger().relayed().parked("customers")).hasSize(1));
        assertThat(gateway.ledger().relayed().parked("customers").getFirst().attempts())
                .isEqualTo(3);
        assertThat(attempts).hasValue(6);
    }

    @Test
    void aRouteGoesOnWhereItWasAndANewOneBeginsNow() throws Exception {
        List<Change> first = gateway.route("customers", "/customers/{id}", Map.of());
        put("/customers/1", 1);
        await().untilAsserted(() -> assertThat(first).hasSize(1));
        await().untilAsserted(() ->
                assertThat(gateway.ledger().relayed().position("customers")).hasValue(1));
        gateway.close();
        gateway = new Gateway(folder, system);
        List<Change> again = gateway.route("customers", "/customers/{id}", Map.of());
        List<Change> other = gateway.route("other", "/customers/{key}", Map.of());
        put("/customers/1", 2);
        await().untilAsserted(() -> assertThat(positions(again)).containsExactly(2L));
        await().untilAsserted(() -> assertThat(positions(other)).containsExactly(2L));
    }
}
