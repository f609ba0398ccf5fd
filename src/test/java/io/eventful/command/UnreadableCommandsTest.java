package io.eventful.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.store.Database;
import io.eventful.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store takes commands, and cannot be read for a while. */
class UnreadableCommandsTest {

    @TempDir
    Path folder;

    private final AtomicBoolean away = new AtomicBoolean();
    private SlowSystem system;
    private Bench bench;

    @BeforeEach
    void start() throws Exception {
        system = new SlowSystem();
        bench = new Bench(
                folder, system.port(), Bench.settings(100), Clock.systemUTC(), new Bench.PlainSafe(), this::unreadable);
        bench.captures.route("orders", "/orders/{id}", Map.of("commands", "async"));
    }

    @AfterEach
    void stop() throws Exception {
        system.close();
        bench.close();
    }

    @Test
    void whatIsAcceptedIsNotToldAsRefused() {
        away.set(true);
        HttpResponse<String> accepted = bench.call("POST", "/orders", "{\"n\":1}");
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.body()).contains("\"method\":\"POST\"", "\"path\":\"/orders\"");
        assertThat(Bench.status(accepted.body())).isIn("pending", "running");
        String location = accepted.headers().firstValue("Location").orElseThrow();
        away.set(false);
        assertThat(Bench.status(bench.ended(location))).isEqualTo("succeeded");
        assertThat(system.seen()).hasSize(1);
    }

    @Test
    void whoAsksForAnAcceptedOneIsNotToldThatItWasNot() {
        system.hold();
        String location = bench.submit("POST", "/orders", "{\"n\":1}");
        away.set(true);
        for (String method : new String[] {"GET", "DELETE"}) {
            HttpResponse<String> unknown = bench.call(method, location, "");
            assertThat(unknown.statusCode()).isEqualTo(503);
            assertThat(unknown.headers().firstValue("Retry-After")).isPresent();
            assertThat(unknown.body()).contains("cannot be read").doesNotContain("not accepted");
        }
    }

    private Database unreadable(Database database) {
        return (Database) Proxy.newProxyInstance(
                UnreadableCommandsTest.class.getClassLoader(),
                new Class<?>[] {Database.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("read") && away.get())
                        throw new StoreUnavailableException("no reader was free in time");
                    try {
                        return method.invoke(database, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
