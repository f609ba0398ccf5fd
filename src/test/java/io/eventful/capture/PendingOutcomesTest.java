package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.ledger.Ledger;
import io.eventful.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Outcomes that the ledger does not take wait in memory: within the memory of captured calls. */
class PendingOutcomesTest {

    private static final DataSize MEMORY = DataSize.ofMegabytes(1);

    /** Two calls with it, and with their replies, hold all of the memory. */
    private static final String BODY = "{\"n\":\"" + "x".repeat(300_000) + "\"}";

    @TempDir
    Path folder;

    private final AtomicBoolean full = new AtomicBoolean(true);

    @ParameterizedTest
    @ValueSource(strings = {"outcome", "none"})
    void callsAreRefusedWhenTheyHoldAllOfIt(String guarantee) throws Exception {
        try (RestSystem system = new RestSystem();
                Gateway gateway = new Gateway(
                        folder, system.port(), null, Gateway.settings(MEMORY), Duration.ofSeconds(5), this::failing)) {
            gateway.route("customers", "/customers/{id}", Map.of("guarantee", guarantee, "before", "none"));
            for (int id = 1; id <= 2; id++)
                assertThat(put(gateway, id)).as("call %d", id).isEqualTo(201);
            assertThat(put(gateway, 3)).isEqualTo(503);
            assertThat(system.writes()).hasSize(2);

            full.set(false);
            await().untilAsserted(() -> assertThat(gateway.changes())
                    .extracting(Change::subject)
                    .containsExactlyInAnyOrder("/customers/1", "/customers/2"));
            await().untilAsserted(() -> assertThat(gateway.held()).containsExactly(0L, 0L));
            assertThat(put(gateway, 3)).isEqualTo(201);
        }
    }

    private static int put(Gateway gateway, int id) throws Exception {
        return gateway.call("PUT", "/customers/" + id, BODY).statusCode();
    }

    private Ledger failing(Ledger ledger) {
        return (Ledger) Proxy.newProxyInstance(
                PendingOutcomesTest.class.getClassLoader(),
                new Class<?>[] {Ledger.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("append") && full.get())
                        return CompletableFuture.failedFuture(new StoreUnavailableException("disk full"));
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
