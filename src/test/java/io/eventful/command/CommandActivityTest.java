package io.eventful.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Activity;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a route test may go on: its clock is only turned, and its events only looked at, while nothing is under way. */
class CommandActivityTest {

    @TempDir
    Path folder;

    @Test
    void aCommandThatHasEndedIsUnderWayUntilItsEventIsPublished() throws Exception {
        try (SlowSystem system = new SlowSystem();
                Bench bench = new Bench(folder, system.port())) {
            bench.captures.route("orders", "/orders/{id}", Map.of("commands", "async", "resource", "order"));
            CompletableFuture<Void> broker = new CompletableFuture<>();
            bench.announcer = event -> broker;
            String command = bench.submit("POST", "/orders", "{\"n\":1}");
            assertThat(bench.ended(command)).contains("succeeded");
            Activity activity = bench.parts.activity();
            assertThat(activity.open()).isZero();
            assertThat(activity.busy()).isTrue();
            broker.complete(null);
            await().until(() -> !activity.busy());
        }
    }
}
