package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Settlement;
import io.eventful.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger does not take the outcome of one write for a while, and then takes that of the next one at once. */
class EndingOrderTest {

    private static final Duration STORE_WAIT = Duration.ofMillis(200);

    @TempDir
    Path folder;

    private final AtomicBoolean away = new AtomicBoolean();
    private RestSystem system;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        system = new RestSystem();
        gateway = new Gateway(folder, system.port(), "own", Gateway.SETTINGS, STORE_WAIT, this::refusing);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        system.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"intent", "outcome", "none"})
    void whatIsWrittenMeanwhileFollows(String guarantee) throws Exception {
        gateway.route("customers", "/customers/{id}", Map.of("laneWait", "10ms", "guarantee", guarantee));
        gateway.call("PUT", "/customers/7", "{\"n\":1}");
        await().untilAsserted(() -> assertThat(gateway.changes()).hasSize(1));
        away.set(true);
        assertThat(gateway.call("PUT", "/customers/7", "{\"n\":\"late\"}").statusCode())
                .isEqualTo(200);
        assertThat(gateway.call("PUT", "/customers/7", "{\"n\":3}").statusCode())
                .isEqualTo(200);
        assertThat(gateway.changes()).hasSize(1);
        away.set(false);
        follow(3);
        gateway.call("PUT", "/customers/7", "{\"n\":4}");
        follow(4);
        await().untilAsserted(() -> assertThat(gateway.held()).containsExactly(0L, 0L));
    }

    @Test
    void whatIsWrittenOnAnItemFollowsItsCreation() throws Exception {
        gateway.route("customers", "/customers/{id}", Map.of("laneWait", "10ms"));
        away.set(true);
        String created = gateway.call("POST", "/customers", "{\"n\":\"late\"}")
                .headers()
                .firstValue("location")
                .orElseThrow();
        assertThat(gateway.call("PUT", created, "{\"n\":2}").statusCode()).isEqualTo(200);
        away.set(false);
        follow(2);
        assertThat(gateway.changes()).extracting(Change::action).containsExactly("created", "updated");
    }

    private void follow(int changes) {
        await().untilAsserted(() -> assertThat(gateway.changes()).hasSize(changes));
        List<Change> all = gateway.changes();
        for (int i = 1; i < all.size(); i++)
            assertThat(all.get(i).before()).isEqualTo(all.get(i - 1).after());
    }

    private Ledger refusing(Ledger ledger) {
        return (Ledger) Proxy.newProxyInstance(
                EndingOrderTest.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    if (away.get() && isLate(arguments))
                        return CompletableFuture.failedFuture(new StoreUnavailableException("disk full"));
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static boolean isLate(Object[] arguments) {
        return arguments != null
                && Arrays.stream(arguments)
                        .anyMatch(argument -> argument instanceof Settlement.Applied applied
                                && applied.after() instanceof Image.Known state
                                && state.json().path("n").asText().equals("late"));
    }
}
