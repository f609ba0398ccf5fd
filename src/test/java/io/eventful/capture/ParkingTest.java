package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Relayed;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which changes park, and what becomes of their rows. */
class ParkingTest {

    @TempDir
    Path folder;

    @Test
    void anItemThatCannotBeHandledHoldsNobodyElsesBackThatHasItsPath() throws Exception {
        try (RestSystem system = new RestSystem();
                Gateway gateway = new Gateway(folder, system)) {
            List<String> received = new CopyOnWriteArrayList<>();
            Receiver receiver = (change, done) -> {
                boolean broken = change.item().scope().equals("a");
                if (!broken) received.add(change.item().scope() + change.revision());
                done.accept(broken ? new IllegalStateException("not now") : null);
            };
            CaptureRoute route = start(gateway, receiver);
            put(gateway, "a", 1);
            await().untilAsserted(() -> assertThat(parked(gateway)).hasSize(1));
            put(gateway, "b", 1);
            await().untilAsserted(() -> assertThat(received).containsExactly("b1"));

            gateway.captures.unregister(route);
            start(gateway, receiver);
            put(gateway, "b", 2);
            put(gateway, "a", 2);
            await().untilAsserted(() -> assertThat(received).containsExactly("b1", "b2"));
            await().untilAsserted(() -> assertThat(parked(gateway))
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row.item().scope()).isEqualTo("a")));
        }
    }

    private static CaptureRoute start(Gateway gateway, Receiver receiver) {
        return gateway.start("customers", "/customers/{id}", Map.of("scope", "X-Tenant"), receiver);
    }

    private static void put(Gateway gateway, String tenant, int n) throws Exception {
        assertThat(gateway.call(
                                "PUT",
                                "/customers/1",
                                "{\"n\":" + n + ",\"of\":\"" + tenant + "\"}",
                                "X-Tenant",
                                tenant)
                        .statusCode())
                .isIn(200, 201);
    }

    private static List<Relayed.Parked> parked(Gateway gateway) {
        return gateway.ledger().relayed().parked("customers");
    }

    /** Else the change would be handled once more at the next start. */
    @Test
    void aRowThatTheStoreTakesLateGoesWithItsChange() throws Exception {
        AtomicInteger rows = new AtomicInteger();
        AtomicBoolean broken = new AtomicBoolean(true);
        List<Change> received = new CopyOnWriteArrayList<>();
        try (RestSystem system = new RestSystem();
                Gateway gateway = new Gateway(
                        folder,
                        system.port(),
                        null,
                        Gateway.SETTINGS,
                        Duration.ofSeconds(5),
                        ledger -> firstRowFails(ledger, rows))) {
            start(gateway, (change, done) -> {
                if (!broken.get()) received.add(change);
                done.accept(broken.get() ? new IllegalStateException("not now") : null);
            });
            put(gateway, "a", 1);
            await().until(() -> rows.get() == 1);
            broken.set(false);
            assertThat(gateway.captures.retryParked("customers", null)).isTrue();
            await().until(() -> rows.get() == 2);
            await().untilAsserted(() -> assertThat(parked(gateway)).isEmpty());
            await().untilAsserted(() -> assertThat(gateway.meters
                            .get("eventful.capture.parked")
                            .gauge()
                            .value())
                    .isZero());
            assertThat(received).hasSize(1);
        }
    }

    private static Ledger firstRowFails(Ledger ledger, AtomicInteger rows) {
        Relayed relayed = proxy(Relayed.class, ledger.relayed(), (name, result) -> {
            if (!name.equals("park") || rows.incrementAndGet() > 1) return result.get();
            return CompletableFuture.failedFuture(new IllegalStateException("the store is away"));
        });
        return proxy(Ledger.class, ledger, (name, result) -> name.equals("relayed") ? relayed : result.get());
    }

    private interface Call {
        Object get() throws Throwable;
    }

    private interface Instead {
        Object of(String name, Call call) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T real, Instead instead) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            return instead.of(method.getName(), () -> {
                try {
                    return method.invoke(real, args);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        }));
    }
}
