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
                .containsExactly(Change.Order.LANE, Change.Order.OBSERVED, Change.Order.OBSERVED, Change.Order.LANE);
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

    /** The slow write is applied at once, and answered when the one that overtakes it has been. */
    private void overtaken(String slowMethod, String slowBody, Fast fast) throws Exception {
        customers("laneWait", "10ms");
        put("/customers/7", 1);
        system.script = (exchange, body) -> {
            boolean slow = exchange.getRequestMethod().equals(slowMethod) && new String(body).equals(slowBody);
            if (!slow) return false;
            int status = slowMethod.equals("DELETE") ? 204 : 200;
            String reply = "";
            if (slowMethod.equals("DELETE")) system.items.remove("/customers/7");
            else {
                system.apply("/customers/7", body);
                reply = new String(system.items.get("/customers/7"));
            }
            slowIsThere.countDown();
            if (!slowMayEnd.await(20, TimeUnit.SECONDS)) throw new IllegalStateException("never released");
            RestSystem.reply(exchange, status, reply);
            return true;
        };
        CompletableFuture<HttpResponse<String>> slow = CompletableFuture.supplyAsync(() -> {
            try {
                return gateway.call(slowMethod, "/customers/7", slowBody);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        assertThat(slowIsThere.await(20, TimeUnit.SECONDS)).isTrue();
        fast.write();
        slowMayEnd.countDown();
        assertThat(slow.join().statusCode()).isIn(200, 204);
    }

    private interface Fast {
        void write() throws Exception;
    }

    private static final String SLOW = "{\"slow\":1}";

    @Test
    void whatIsLeftOfAnOvertakenWriteIsSeenAndNotTakenFromItsReply() throws Exception {
        overtaken("PUT", SLOW, () -> put("/customers/7", 2));
        assertThat(gateway.changes()).hasSize(2);
        assertThat(gateway.changes().getLast().after()).isEqualTo(json("{\"n\":2,\"id\":7}"));
        assertThat(gateway.changes().getLast().order()).isEqualTo(Change.Order.OBSERVED);
    }

    @Test
    void anOvertakenWriteOfWhatIsGoneIsNotThereAgain() throws Exception {
        overtaken("PUT", SLOW, () -> gateway.call("DELETE", "/customers/7", ""));
        assertThat(gateway.changes()).extracting(Change::action).containsExactly("created", "deleted");
    }

    @Test
    void anOvertakenDeleteDoesNotTakeAwayWhatWasMadeAgain() throws Exception {
        overtaken("DELETE", "", () -> put("/customers/7", 2));
        assertThat(gateway.changes()).extracting(Change::action).containsExactly("created", "drifted", "created");
        assertThat(gateway.changes().getLast().after()).isEqualTo(json("{\"n\":2,\"id\":7}"));
    }

    @Test
    void whereNobodyCanLookTheReplyIsAllThereIs() throws Exception {
        overtaken("PUT", SLOW, () -> {
            RestSystem.Script script = system.script;
            put("/customers/7", 2);
            system.script = (exchange, body) -> {
                if (!exchange.getRequestMethod().equals("GET")) return script.serve(exchange, body);
                RestSystem.reply(exchange, 403, "");
                return true;
            };
        });
        List<Change> changes = gateway.changes();
        assertThat(changes).hasSize(3);
        assertThat(changes.getLast().after()).isEqualTo(json("{\"slow\":1,\"id\":7}"));
        assertThat(changes.getLast().order()).isEqualTo(Change.Order.OBSERVED);
        fit(changes);
    }

    private static void fit(List<Change> changes) {
        for (int i = 1; i < changes.size(); i++)
            assertThat(changes.get(i).before()).isEqualTo(changes.get(i - 1).after());
    }
}
