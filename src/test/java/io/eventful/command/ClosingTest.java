package io.eventful.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How commands end with the gateway. */
class ClosingTest {

    @TempDir
    Path folder;

    @Test
    void anEventThatCannotBePublishedWhileTheGatewayStopsIsLeftToTheNextStart() throws Exception {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
        try (SlowSystem system = new SlowSystem();
                Bench bench = new Bench(folder, system.port())) {
            bench.captures.route("orders", "/orders/{id}", Map.of("commands", "async", "resource", "order"));
            CompletableFuture<Thread> publishing = new CompletableFuture<>();
            CompletableFuture<Void> broker = new CompletableFuture<>();
            bench.announcer = event -> {
                publishing.complete(Thread.currentThread());
                return broker;
            };
            bench.submit("POST", "/orders", "{\"n\":1}");
            Thread publisher = publishing.get(30, TimeUnit.SECONDS);
            bench.parts.close();
            broker.completeExceptionally(new IllegalStateException("the broker is away"));
            assertThat(publisher.join(Duration.ofSeconds(30))).isTrue();
            assertThat(uncaught).isEmpty();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }
}
