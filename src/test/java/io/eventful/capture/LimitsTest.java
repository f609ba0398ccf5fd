package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.ledger.Ledger;
import io.eventful.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class LimitsTest {

    @TempDir
    Path folder;

    @Test
    void writesThatHoldTooMuchMemoryAreRefusedUntilOthersAreDone() throws Exception {
        try (RestSystem system = new RestSystem();
                Gateway gateway = new Gateway(folder, system, null, Gateway.settings(DataSize.ofMegabytes(1)))) {
            gateway.route("customers", "/customers/{id}", Map.of());
            CountDownLatch stuck = new CountDownLatch(1);
            system.script = (exchange, body) -> {
                if (exchange.getRequestMethod().equals("PUT")) stuck.await();
                return false;
            };
            String large = "{\"text\":\"" + "x".repeat(700_000) + "\"}";
            CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> status(gateway, "1", large));
            await().until(() -> system.writes().size() == 1);
            HttpResponse<String> refused = gateway.call("PUT", "/customers/2", large);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("retry-after")).isPresent();
            CompletableFuture<Integer> small = CompletableFuture.supplyAsync(() -> status(gateway, "3", "{}"));
            await().until(() -> system.writes().size() == 2);
            stuck.countDown();
            assertThat(first.join()).isEqualTo(201);
            assertThat(small.join()).isEqualTo(201);
            // A call's share comes back just after its answer: the next one may be quicker.
            await().until(() -> status(gateway, "2", large) == 201);
        }
    }

    private static int status(Gateway gateway, String id, String body) {
        try {
            return gateway.call("PUT", "/customers/" + id, body).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A real ledger whose settlements fail a number of times before they reach it. */
    private static Ledger failing(Ledger ledger, AtomicInteger failures) {
        return (Ledger) Proxy.newProxyInstance(
                LimitsTest.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("settle") && failures.getAndDecrement() > 0)
                        return CompletableFuture.failedFuture(new StoreUnavailableException("disk full"));
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void aLedgerThatFailsAfterTheCallWasSentDoesNotKeepTheReplyBack() throws Exception {
        AtomicInteger failures = new AtomicInteger(3);
        try (RestSystem system = new RestSystem();
                Gateway gateway = new Gateway(
                        folder,
                        system.port(),
                        null,
                        Gateway.SETTINGS,
                        Duration.ofSeconds(5),
                        ledger -> failing(ledger, failures))) {
            gateway.route("customers", "/customers/{id}", Map.of("laneWait", "1m"));
            assertThat(status(gateway, "7", "{\"n\":1}")).isEqualTo(201);
            // The next one waits in the lane until the first outcome is kept.
            assertThat(status(gateway, "7", "{\"n\":2}")).isEqualTo(200);
            List<Change> changes = gateway.changes();
            assertThat(changes).extracting(Change::action).containsExactly("created", "updated");
            assertThat(changes.get(1).before()).isEqualTo(changes.get(0).after());
            assertThat(gateway.ledger().openIntents(0, 10)).isEmpty();
        }
    }
}
