package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.ledger.Ledger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The ledger can be read and neither takes nor refuses what is to be written: that stays in its queue, and so in memory. */
class StalledLedgerTest {

    private static final String LARGE = "x".repeat(200_000);

    @TempDir
    Path folder;

    private final CompletableFuture<Void> moves = new CompletableFuture<>();
    private final AtomicInteger queued = new AtomicInteger();
    private volatile Set<String> stalled = Set.of();
    private RestSystem system;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        system = new RestSystem();
        CaptureSettings few = Gateway.settings(DataSize.ofMegabytes(1));
        CaptureSettings settings = new CaptureSettings(
                few.memory(),
                Duration.ofMillis(300),
                few.fetchTimeout(),
                few.settleDelay(),
                8,
                Duration.ofSeconds(20),
                100,
                few.retry(),
                few.idempotency(),
                few.relay());
        gateway = new Gateway(folder, system.port(), "own", settings, Duration.ofSeconds(5), this::stalling);
        gateway.route("customers", "/customers/{id}", Map.of("laneWait", "10ms"));
    }

    @AfterEach
    void stop() throws Exception {
        moves.complete(null);
        gateway.close();
        system.close();
    }

    private int put(String path) throws Exception {
        return gateway.call("PUT", path, "{\"text\":\"" + LARGE + "\"}").statusCode();
    }

    @Test
    void whatWasRefusedCountsUntilTheLedgerHasIt() throws Exception {
        stalled = Set.of("open");
        for (int i = 0; i < 6; i++) assertThat(put("/customers/" + i)).isEqualTo(503);
        assertThat(queued.get()).as("as many as the memory holds").isBetween(1, 5);
        assertThat(gateway.held().getLast()).isGreaterThan(LARGE.length());
        stalled = Set.of();
        moves.complete(null);
        await().untilAsserted(() -> assertThat(gateway.held()).containsExactly(0L, 0L));
        await().untilAsserted(
                        () -> assertThat(gateway.ledger().openIntents(0, 10)).isEmpty());
        assertThat(put("/customers/1")).isEqualTo(201);
        assertThat(system.writes()).hasSize(1);
    }

    @Test
    void soDoesWhatWasSeenBehindTheGateway() throws Exception {
        gateway.call("PUT", "/customers/7", "{\"n\":1}");
        system.put("/customers/7", "{\"text\":\"" + LARGE + "\"}");
        stalled = Set.of("appendAfter");
        assertThat(gateway.call("PUT", "/customers/7", "{\"n\":2}", "If-Match", "\"other\"")
                        .statusCode())
                .isEqualTo(503);
        assertThat(gateway.held().getLast()).isGreaterThan(LARGE.length());
        moves.complete(null);
        await().untilAsserted(() -> assertThat(gateway.held()).containsExactly(0L, 0L));
    }

    @Test
    void aTurnThatIsHandedOverTwiceHoldsItsMemoryUntilItEnds() {
        MemoryBudget budget = new MemoryBudget(1_000);
        MemoryBudget.Share call = budget.take(100).orElseThrow();
        Turn turn = Turn.alone().holding(call);
        Turn first = turn.handOver();
        call.close();
        Turn second = first.handOver();
        first.close();
        assertThat(budget.used()).isEqualTo(100);
        second.close();
        assertThat(budget.used()).isZero();
    }

    private Ledger stalling(Ledger ledger) {
        return (Ledger) Proxy.newProxyInstance(
                StalledLedgerTest.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    boolean stalls = stalled.contains(method.getName());
                    if (stalls) queued.incrementAndGet();
                    try {
                        return stalls
                                ? moves.thenCompose(now -> written(ledger, method, arguments))
                                : method.invoke(ledger, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @SuppressWarnings("unchecked")
    private static CompletableFuture<Object> written(
            Ledger ledger, java.lang.reflect.Method method, Object[] arguments) {
        try {
            return (CompletableFuture<Object>) method.invoke(ledger, arguments);
        } catch (ReflectiveOperationException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
