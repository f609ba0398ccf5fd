package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.ledger.Compensation.Result;
import io.eventful.ledger.Ledger;
import io.eventful.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger's n-th write fails, for each n of a run of calls. */
class StoreFailureTest {

    private static final Set<String> WRITES = Set.of("open", "settle", "append");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatTheSystemAppliedAndWhatTheLedgerTellsStayTheSame(int n) throws Exception {
        AtomicInteger writes = new AtomicInteger();
        try (RestSystem system = new RestSystem();
                Gateway gateway = new Gateway(
                        folder,
                        system.port(),
                        null,
                        Gateway.SETTINGS,
                        Duration.ofSeconds(5),
                        ledger -> failing(ledger, writes, n))) {
            List<Change> received = gateway.route("customers", "/customers/{id}", Map.of());
            List<String> done = new ArrayList<>();
            call(gateway, done, "PUT", "/customers/7", "{\"n\":1}", "created /customers/7");
            call(gateway, done, "PUT", "/customers/7", "{\"n\":2}", "updated /customers/7");
            call(gateway, done, "DELETE", "/customers/7", "", "deleted /customers/7");
            call(gateway, done, "POST", "/customers", "{\"n\":4}", "created /customers/42");
            await().untilAsserted(() -> assertThat(told(gateway.changes())).containsExactlyInAnyOrderElementsOf(done));
            await().untilAsserted(() -> assertThat(told(received)).containsExactlyInAnyOrderElementsOf(done));
            assertThat(writes.get()).isGreaterThanOrEqualTo(n);
            assertThat(system.writes()).hasSize(done.size());
            assertThat(gateway.ledger().openIntents(0, 10)).isEmpty();
        }
    }

    /** The reply to a POST that is no 201 is compared with what the ledger has of the item. */
    @Test
    void aReversalWhoseOutcomeCannotBeReadIsToldWhenItCanBe() throws Exception {
        AtomicBoolean unreadable = new AtomicBoolean();
        try (RestSystem system = new RestSystem();
                Gateway gateway = new Gateway(
                        folder,
                        system.port(),
                        "own",
                        Gateway.SETTINGS,
                        Duration.ofSeconds(5),
                        ledger -> unreadable(ledger, unreadable))) {
            gateway.route("customers", "/customers/{id}", Map.of());
            gateway.call("POST", "/customers", "{\"n\":4}");
            gateway.call("DELETE", "/customers/42", "");
            system.script = (exchange, body) -> {
                if (!exchange.getRequestMethod().equals("POST")) return false;
                system.put("/customers/43", "{\"n\":4,\"id\":43}");
                unreadable.set(true);
                RestSystem.reply(exchange, 200, "{\"n\":4,\"id\":43}");
                return true;
            };
            assertThat(gateway.compensation
                            .apply(gateway.changes().getLast())
                            .toCompletableFuture()
                            .join())
                    .isEqualTo(new Result.Unsettled("the ledger cannot be read at the moment"));
            unreadable.set(false);
            await().untilAsserted(() ->
                    assertThat(gateway.ledger().openIntents(0, 10)).isEmpty());
            await().untilAsserted(() -> assertThat(gateway.changes()).hasSize(3));
            Change reversed = gateway.changes().getLast();
            assertThat(reversed.action()).isEqualTo("reversed");
            assertThat(reversed.subject()).isEqualTo("/customers/43");
            assertThat(reversed.outcome()).isEqualTo(Change.Outcome.CONFIRMED);
            assertThat(gateway.held()).containsExactly(0L, 0L);
        }
    }

    @Test
    void aReversalThatTheLedgerDoesNotTakeBeforehandIsNotSent() throws Exception {
        assertThat(reversalWithFailureOf(5))
                .isEqualTo(new Result.NotSent("the ledger cannot be written at the moment"));
    }

    @Test
    void aReversalWhoseEndTheLedgerDoesNotTakeIsToldAsUnsettled() throws Exception {
        assertThat(reversalWithFailureOf(6))
                .isEqualTo(new Result.Unsettled("the ledger cannot be written at the moment"));
    }

    /** Each call is two writes of the ledger, and the reversal is the third. */
    private Result reversalWithFailureOf(int n) throws Exception {
        AtomicInteger writes = new AtomicInteger();
        try (RestSystem system = new RestSystem();
                Gateway gateway = new Gateway(
                        folder,
                        system.port(),
                        "own",
                        Gateway.SETTINGS,
                        Duration.ofSeconds(5),
                        ledger -> failing(ledger, writes, n))) {
            gateway.route("customers", "/customers/{id}", Map.of());
            gateway.call("PUT", "/customers/7", "{\"n\":1}");
            gateway.call("PUT", "/customers/7", "{\"n\":2}");
            Result result = gateway.compensation
                    .apply(gateway.changes().getLast())
                    .toCompletableFuture()
                    .join();
            assertThat(system.writes()).hasSize(n == 5 ? 2 : 3);
            await().untilAsserted(() ->
                    assertThat(gateway.changes()).hasSize(system.writes().size()));
            return result;
        }
    }

    private static Ledger unreadable(Ledger ledger, AtomicBoolean now) {
        return (Ledger) Proxy.newProxyInstance(
                StoreFailureTest.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("latest") && now.get())
                        throw new StoreUnavailableException("disk broken");
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static List<String> told(List<Change> changes) {
        return changes.stream()
                .map(change -> change.action() + " " + change.subject())
                .toList();
    }

    /** A write that the ledger did not take beforehand is refused and not sent; its caller tries again. */
    private static void call(Gateway gateway, List<String> done, String method, String path, String body, String change)
            throws Exception {
        int status = gateway.call(method, path, body).statusCode();
        if (status == 503) status = gateway.call(method, path, body).statusCode();
        assertThat(status).isBetween(200, 299);
        done.add(change);
    }

    private static Ledger failing(Ledger ledger, AtomicInteger writes, int n) {
        return (Ledger) Proxy.newProxyInstance(
                StoreFailureTest.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    if (WRITES.contains(method.getName()) && writes.incrementAndGet() == n)
                        return CompletableFuture.failedFuture(new StoreUnavailableException("disk full"));
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
