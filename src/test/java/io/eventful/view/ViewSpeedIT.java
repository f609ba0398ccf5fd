package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Event;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.store.TestStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures projection and lists, and prints the figures; asserts only what holds on a busy machine too: a list by an
 * index does not cost more with the view's size. {@code -Deventful.view.rows=1000000} for the full size.
 */
@Tag("long")
class ViewSpeedIT {

    private static final int ROWS = Integer.getInteger("eventful.view.rows", 100_000);
    private static final int EVENTS = Integer.getInteger("eventful.view.events", 20_000);
    private static final String LIST = "/.eventful/views/big?status=s7&sort=-total&limit=50";

    @TempDir
    Path folder;

    @Test
    void projectionAndLists() throws Exception {
        try (Rig rig = new Rig(folder, TestStores.sqlite(folder))) {
            Views.Registration view = rig.view("big", Map.of("access", "open", "index", "status,total"));
            project(view, 0, EVENTS / 4);
            long started = System.nanoTime();
            project(view, EVENTS, EVENTS);
            long perSecond = EVENTS * 1_000_000_000L / (System.nanoTime() - started);

            long known = ofTheLedger(rig, view);
            long few = list(rig);
            Views.Running running = rig.views.find("big").orElseThrow();
            Generation live = running.view().live();
            for (int from = 100_000; from < 100_000 + ROWS; from += 10_000)
                fill(running.view().store(), live, from);
            long many = list(rig);
            System.out.printf(
                    "projection: %d events/s, of changes in the ledger %d events/s; list of 50 by two members: %d us"
                            + " of %d rows, %d us of %d rows%n",
                    perSecond, known, few / 1000, EVENTS + EVENTS / 4, many / 1000, ROWS + EVENTS + EVENTS / 4);
            assertThat(many).isLessThan(50 * few + 20_000_000);
        }
    }

    /** Events per second whose changes the ledger is asked about, some after some of the same item. */
    private static long ofTheLedger(Rig rig, Views.Registration view) {
        List<Event> events = new ArrayList<>(EVENTS);
        for (int i = 0; i < EVENTS / 4; i++)
            for (int revision = 0; revision < 2; revision++) {
                String state = json(revision == 0 ? i : i + 1);
                events.add(Rig.event(i % 2 == 0 ? "state" : "change", rig.change("/customers/" + i, "", state)));
            }
        long started = System.nanoTime();
        events.stream()
                .map(event -> view.project(event).toCompletableFuture())
                .toList()
                .forEach(CompletableFuture::join);
        return events.size() * 1_000_000_000L / (System.nanoTime() - started);
    }

    private static void project(Views.Registration view, int from, int count) {
        List<CompletableFuture<Void>> written = new ArrayList<>(count);
        for (int i = from; i < from + count; i++)
            written.add(view.project(event(i)).toCompletableFuture());
        written.forEach(CompletableFuture::join);
    }

    private static String json(int i) {
        return "{\"id\":" + i + ",\"status\":\"s" + i % 1000 + "\",\"total\":" + i * 7L % 10_007 + ",\"note\":\""
                + "x".repeat(400) + "\"}";
    }

    private static Event event(int i) {
        byte[] data = ("{\"action\":\"created\",\"state\":" + json(i) + ",\"complete\":true}")
                .getBytes(StandardCharsets.UTF_8);
        Map<String, String> extensions = new TreeMap<>(Map.of("pattern", "state", "revision", "1"));
        return new Event(
                "e" + i,
                Rig.SOURCE,
                "thing.created",
                "/things/" + i,
                Instant.EPOCH,
                "application/json",
                null,
                extensions,
                data);
    }

    private static void fill(ViewStore store, Generation live, int from) {
        List<Projected> rows = new ArrayList<>(10_000);
        for (int i = from; i < from + 10_000; i++)
            rows.add(new Projected(
                    new Item(Rig.SOURCE, "", "/things/" + i),
                    1,
                    0,
                    Instant.EPOCH,
                    Projected.Kind.PRESENT,
                    Json.parse(json(i)),
                    null));
        store.write(List.of(live), rows).join();
    }

    /** The best of some: what it costs, rather than what the machine was doing meanwhile. */
    private static long list(Rig rig) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long started = System.nanoTime();
            assertThat(rig.get(LIST, "X-Tenant", "").status()).isEqualTo(200);
            best = Math.min(best, System.nanoTime() - started);
        }
        return best;
    }
}
