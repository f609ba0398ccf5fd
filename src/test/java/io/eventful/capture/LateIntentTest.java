package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.ledger.Intent;
import io.eventful.ledger.Ledger;
import io.eventful.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An intent becomes durable after its call was refused, and the ledger does not take its end at once. */
class LateIntentTest {

    private static final CaptureSettings SETTINGS = new CaptureSettings(
            Gateway.SETTINGS.memory(),
            Duration.ofMillis(50),
            Gateway.SETTINGS.fetchTimeout(),
            Gateway.SETTINGS.settleDelay(),
            8,
            Duration.ofSeconds(20),
            100,
            Gateway.SETTINGS.retry(),
            Gateway.SETTINGS.idempotency(),
            Gateway.SETTINGS.relay());

    @TempDir
    Path folder;

    private final CompletableFuture<Intent> late = new CompletableFuture<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger settled = new AtomicInteger();
    private Intent intent;

    @Test
    void itIsEndedAllTheSameAndItsKeyIsFree() throws Exception {
        try (RestSystem system = new RestSystem();
                Gateway gateway =
                        new Gateway(folder, system.port(), null, SETTINGS, Duration.ofSeconds(5), this::late)) {
            gateway.route("customers", "/customers/{id}", Map.of());
            assertThat(post(gateway)).isEqualTo(503);
            assertThat(post(gateway)).as("it may be sent yet").isEqualTo(409);
            late.complete(intent);
            await().untilAsserted(() -> assertThat(post(gateway)).isEqualTo(201));
            assertThat(settled.get()).isGreaterThan(1);
            assertThat(system.writes()).hasSize(1);
        }
    }

    private static int post(Gateway gateway) throws Exception {
        return gateway.call("POST", "/customers", "{\"n\":1}", "Idempotency-Key", "k-1")
                .statusCode();
    }

    private Ledger late(Ledger ledger) {
        return (Ledger) Proxy.newProxyInstance(
                LateIntentTest.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    String name = method.getName();
                    if (name.equals("settle") && settled.incrementAndGet() == 1)
                        return CompletableFuture.failedFuture(new StoreUnavailableException("disk full"));
                    try {
                        Object result = method.invoke(ledger, arguments);
                        if (!name.equals("open") || opened.incrementAndGet() > 1) return result;
                        intent = (Intent) ((CompletableFuture<?>) result).join();
                        return late;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
