package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.channel.Channels;
import io.eventful.event.Event;
import io.eventful.event.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writers that do not stop while the routes are replaced again and again. Each set says its number in the events that it
 * makes, so that it shows which one has handled a change.
 */
final class SwapLoad {

    private static final int WRITERS = 4;
    /** Between two swaps. */
    private static final int WRITES = 20;

    private static final String ROUTES = """
        - route:
            id: things
            from:
              uri: capture:/things/{id}
              steps:
                - setProperty: {name: event.title, expression: {constant: {expression: "%d"}}}
                - transformDataType: {toType: "event:notification"}
                - to: {uri: "channel:things"}
        """;

    private static final String RELAY = """
        - route:
            id: relay
            from:
              uri: channel:things
              steps:
                - to: {uri: "channel:relayed"}
        """;

    private final Path folder;
    private final Path routes;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Map<String, Integer> promised = new ConcurrentHashMap<>();

    SwapLoad(Path folder) throws IOException {
        this.folder = folder;
        this.routes = Files.createDirectories(folder.resolve("routes"));
        Files.writeString(routes.resolve("relay.yaml"), RELAY);
        write(0);
    }

    private void write(int set) throws IOException {
        Files.writeString(routes.resolve("things.yaml"), ROUTES.formatted(set));
    }

    /** Fails when a request fails, or a change is lost, doubled, out of order, or handled by a set that was replaced before. */
    void run(int swaps) throws Exception {
        try (LiveGateway gateway =
                new LiveGateway(folder.resolve("data"), routes, Map.of("eventful.routes.reload", "false"))) {
            List<Event> events = new CopyOnWriteArrayList<>();
            gateway.bean(Channels.class).consume("relayed", "test", event -> {
                events.add(event);
                return CompletableFuture.completedFuture(null);
            });
            long before = gateway.routes().state().generation();
            List<Integer> written = new ArrayList<>();
            try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Integer>> writers = new ArrayList<>();
                for (int i = 0; i < WRITERS; i++) {
                    int writer = i;
                    writers.add(pool.submit(() -> write(gateway, writer)));
                }
                for (int swap = 1; swap <= swaps; swap++) {
                    swap(gateway, swap);
                    int enough = done.get() + WRITES;
                    await().until(() -> done.get() >= enough || writers.stream().anyMatch(Future::isDone));
                }
                over.set(true);
                for (Future<Integer> each : writers) written.add(each.get());
            }
            assertThat(gateway.routes().state().generation()).isEqualTo(before + swaps);
            int all = written.stream().mapToInt(Integer::intValue).sum();
            assertThat(all).isGreaterThanOrEqualTo(swaps * WRITES);
            await().atMost(Duration.ofSeconds(30)).until(() -> events.size() >= all);
            verify(events, written);
        }
    }

    /** At every fifth the file of the reading route has another name: it goes and comes as one change, under the same id. */
    private void swap(LiveGateway gateway, int number) throws IOException {
        write(number);
        if (number % 5 == 0) {
            String name = "relay-" + number;
            try (var files = Files.list(routes)) {
                for (Path old : files.filter(
                                file -> file.getFileName().toString().startsWith("relay"))
                        .toList()) Files.delete(old);
            }
            Files.writeString(routes.resolve(name + ".yaml"), RELAY);
        }
        gateway.routes().reload();
        live.set(number);
    }

    private int write(LiveGateway gateway, int writer) {
        int n = 0;
        while (!over.get()) {
            n++;
            promised.put("/things/" + writer + " " + n, live.get());
            assertThat(gateway.call("PUT", "/things/" + writer, "{\"n\":" + n + "}")
                            .statusCode())
                    .isBetween(200, 201);
            done.incrementAndGet();
        }
        return n;
    }

    private void verify(List<Event> events, List<Integer> written) {
        Map<String, List<Integer>> revisions = events.stream()
                .collect(
                        Collectors.groupingBy(Event::key, Collectors.mapping(SwapLoad::revision, Collectors.toList())));
        assertThat(revisions).hasSize(WRITERS);
        for (int writer = 0; writer < WRITERS; writer++)
            assertThat(revisions.get("/things/" + writer))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, written.get(writer))
                            .boxed()
                            .toList());
        for (Event event : events)
            assertThat(EventJson.tree(event).at("/data/title").asInt())
                    .as("the set that handled %s", event.key())
                    .isGreaterThanOrEqualTo(promised.get(event.key() + " " + revision(event)));
    }

    private static int revision(Event event) {
        return Integer.parseInt(event.extensions().get("revision"));
    }
}
