package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.delivery.AttemptRecord.Timing;
import io.eventful.delivery.DeliveredRows.Delivered;
import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.subscription.Subscription;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveredRowsTest {

    @TempDir
    Path folder;

    @Test
    void manyDeliveriesAreLoggedByFewStatementsAndARepeatIsNoChange() throws Exception {
        try (Rig rig = new Rig(folder);
                Sink sink = new Sink()) {
            Subscription subscription = rig.subscribe(sink.url());
            Instant now = rig.time.now();
            List<Delivered> all = LongStream.rangeClosed(1, 201)
                    .mapToObj(n -> new Delivered(
                            Delivery.of(subscription, "customers", event("/customers/" + n, n), n, null, now),
                            Standing.delivered(1, 0, now, ""),
                            new AttemptRecord(1, now, new Timing(4, 1, 1, -1, 2), 204, "{}", "status-204")))
                    .toList();
            AtomicInteger statements = new AtomicInteger();
            for (int twice = 0; twice < 2; twice++)
                rig.engine
                        .core()
                        .database()
                        .write(connection -> {
                            DeliveredRows.insertAll(counting(connection, statements), all);
                            return 0;
                        })
                        .join();
            // 3 × 64, 8 and 1.
            assertThat(statements).hasValue(2 * 5);
            List<DeliveryRecord> kept = rig.deliveries(State.DELIVERED);
            assertThat(kept).hasSize(201);
            assertThat(rig.engine
                            .deliveries()
                            .find(kept.getFirst().id())
                            .orElseThrow()
                            .log())
                    .containsExactly(all.getLast().attempt());
        }
    }

    /** Each statement is executed once. */
    private static Connection counting(Connection connection, AtomicInteger statements) {
        return (Connection) Proxy.newProxyInstance(
                DeliveredRowsTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) statements.incrementAndGet();
                    return method.invoke(connection, arguments);
                });
    }
}
