package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Writes that do not wait for their item's lane any longer, and those that they overtake. */
class OvertakenTest extends CaptureFixture {

    private final CountDownLatch slowIsThere = new CountDownLatch(1);
    private final CountDownLatch slowMayEnd = new CountDownLatch(1);

    private CompletableFuture<HttpResponse<String>> call(String json) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return gateway.call("PUT", "/customers/7", json);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @Test
    void whoIsOvertakenFollowsWhatWasWrittenMeanwhile() throws Exception {
        customers("laneWait", "10ms");
        put("/customers/7", 1);
        system.script = (exchange, body) -> {
            if (!new String(body).contains("slow")) return false;
            slowIsThere.countDown();
            return !slowMayEnd.await(20, TimeUnit.SECONDS);
        };
        CompletableFuture<HttpResponse<String>> slow = call("{\"slow\":1}");
        assertThat(slowIsThere.await(20, TimeUnit.SECONDS)).isTrue();
        put("/customers/7", 2);
        slowMayEnd.countDown();
        assertThat(slow.join().statusCode()).isEqualTo(200);
        put("/customers/7", 3);
        List<Change> changes = gateway.changes();
        assertThat(changes)
                .extracting(Change::order)
                .containsExactly(Change.Order.LANE, Change.Order.OBSERVED, Change.Order.LANE, Change.Order.LANE);
        fit(changes);
    }

    @Test
    void manyThatHoldNoLaneFollowEachOther() throws Exception {
        customers("order", "observed");
        put("/customers/7", 0);
        Semaphore connections = new Semaphore(40);
        List<Future<?>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 1; i <= 200; i++) {
                int number = i;
                calls.add(threads.submit(() -> {
                    connections.acquire();
                    try {
                        put("/customers/7", number);
                    } finally {
                        connections.release();
                    }
                    return null;
                }));
            }
        }
        for (Future<?> call : calls) call.get();
        List<Change> changes = gateway.changes();
        assertThat(changes).hasSize(201);
        fit(changes);
        // The last call gives back what it held after its reply.
        await().untilAsserted(() -> assertThat(gateway.held()).containsExactly(0L, 0L));
    }

    private static void fit(List<Change> changes) {
        for (int i = 1; i < changes.size(); i++)
            assertThat(changes.get(i).before()).isEqualTo(changes.get(i - 1).after());
    }
}
