package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.channel.Channels;
import io.eventful.event.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwapUnderLoadTest {

    private static final int WRITERS = 4;
    private static final int WRITES = 100;

    private static final String ROUTES = """
            - route:
                id: things
                from:
                  uri: capture:/things/{id}
                  steps:
                    - transformDataType: {toType: "event:state"}
                    - to: {uri: "channel:%s"}
            - route:
                id: relayed
                from:
                  uri: channel:things
                  steps:
                    - to: {uri: "channel:relayed"}
            """;

    @TempDir
    Path folder;

    @Test
    void noWriteIsLostOrDoubledWhileTheRoutesAreReplaced() throws Exception {
        Path file = Files.createDirectories(folder.resolve("routes")).resolve("things.yaml");
        Files.writeString(file, ROUTES.formatted("things"));
        try (LiveGateway gateway =
                new LiveGateway(folder.resolve("data"), file.getParent(), Map.of("eventful.routes.reload", "false"))) {
            List<Event> events = new CopyOnWriteArrayList<>();
            gateway.bean(Channels.class).consume("relayed", "test", event -> {
                events.add(event);
                return CompletableFuture.completedFuture(null);
            });
            AtomicInteger done = new AtomicInteger();
            try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < WRITERS; i++) {
                    int writer = i;
                    all.add(writers.submit(() -> {
                        for (int n = 1; n <= WRITES; n++) {
                            assertThat(gateway.call("PUT", "/things/" + writer, "{\"n\":" + n + "}")
                                            .statusCode())
                                    .isBetween(200, 201);
                            done.incrementAndGet();
                        }
                    }));
                }
                for (int swap = 1; done.get() < WRITERS * WRITES; swap++) {
                    int before = done.get();
                    Files.writeString(file, ROUTES.formatted("things") + "# " + swap + "\n");
                    gateway.routes().reload();
                    await().until(() -> done.get() > before + 20 || done.get() == WRITERS * WRITES);
                }
                for (Future<?> each : all) each.get();
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> events.size() >= WRITERS * WRITES);
            assertThat(gateway.routes().state().generation()).isGreaterThan(3);
            Map<String, List<Integer>> revisions = events.stream()
                    .collect(Collectors.groupingBy(
                            Event::key,
                            Collectors.mapping(
                                    event -> Integer.valueOf(event.extensions().get("revision")),
                                    Collectors.toList())));
            assertThat(revisions).hasSize(WRITERS);
            assertThat(revisions.values())
                    .allSatisfy(each -> assertThat(each)
                            .containsExactlyElementsOf(java.util.stream.IntStream.rangeClosed(1, WRITES)
                                    .boxed()
                                    .toList()));
        }
    }
}
