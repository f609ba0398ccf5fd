package io.eventful.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.ledger.Ledger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A store that takes what it is given and never says so. */
class StuckStoreTest {

    private static final ReceiveSettings SETTINGS = new ReceiveSettings(
            DataSize.ofMegabytes(32), Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofDays(30), 1_000, 100);

    private static Ledger stuck(Ledger real) {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("appendOnce")) return new CompletableFuture<>();
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void aBatchWaitsForTheStoreNoLongerThanOneEventDoes(@TempDir Path folder) throws Exception {
        String batch = IntStream.range(0, 100)
                .mapToObj(i -> "{\"specversion\":\"1.0\",\"id\":\"" + i + "\",\"source\":\"/s\",\"type\":\"t\"}")
                .collect(Collectors.joining(",", "[", "]"));
        try (House house = new House(folder, Clock.systemUTC(), SETTINGS, StuckStoreTest::stuck)) {
            house.route("r", "webhook-in:/in?provider=cloudevents");
            long begun = System.nanoTime();
            assertThat(house.post("/in", batch, "Content-Type", "application/cloudevents-batch+json")
                            .statusCode())
                    .isEqualTo(503);
            // Each event for itself would be half a minute.
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
        }
    }
}
