package io.eventful.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

/** What was acknowledged and not handled when a route goes to another path, or the gateway is started anew. */
class MovedRouteTest extends HouseFixture {

    private final List<Change> first = new CopyOnWriteArrayList<>();
    private final List<Change> second = new CopyOnWriteArrayList<>();

    private static String at(String path) {
        return "webhook-in:" + path + "?provider=bearer&secret=s&delivery=X-Id";
    }

    private void post(String path, String id) throws Exception {
        assertThat(house.post(path, "{}", "Authorization", "Bearer s", "X-Id", id)
                        .statusCode())
                .isEqualTo(200);
    }

    private interface Exchange {
        void run() throws Exception;
    }

    private void swap(Exchange exchange) {
        house.receipts.swap(() -> {
            try {
                exchange.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** A route that has handled one receipt, and is stopped before two more. */
    private void leaving(String id, String path) throws Exception {
        CamelContext running = house.start(id, at(path), first);
        post(path, "a");
        await().until(() -> first.size() == 1);
        swap(() -> {
            running.stop();
            post(path, "b");
            post(path, "c");
        });
    }

    private void restart() throws Exception {
        house.close();
        house = new House(folder, Clock.systemUTC());
    }

    private static List<String> told(List<Change> changes) {
        return changes.stream()
                .map(change -> change.position() + " " + change.item().source())
                .sorted()
                .toList();
    }

    @Test
    void aRouteThatGoesToAnotherPathHandlesWhatCameInAtTheFormerOne() throws Exception {
        CamelContext running = house.start("in", at("/a"), first);
        post("/a", "a");
        await().until(() -> first.size() == 1);
        swap(() -> {
            running.stop();
            post("/a", "b");
            house.start("in", at("/b"), second);
        });
        post("/b", "c");
        await().until(() -> second.size() == 2);
        assertThat(told(second)).containsExactly("2 /webhooks/a", "3 /webhooks/b");
        assertThat(first).hasSize(1);
    }

    @Test
    void whatCameInAtAPathIsNotTheRoutesThatReceivesThereNow() throws Exception {
        CamelContext running = house.start("in", at("/a"), first);
        swap(() -> {
            running.stop();
            post("/a", "a");
            house.start("in", at("/b"), first);
            house.start("other", at("/a"), second);
        });
        post("/a", "b");
        post("/b", "c");
        await().until(() -> first.size() == 2 && second.size() == 1);
        assertThat(told(first)).containsExactly("1 /webhooks/a", "3 /webhooks/b");
        assertThat(told(second)).containsExactly("2 /webhooks/a");
    }

    @Test
    void aRouteThatGoesToAnotherPathOverARestartHandlesWhatCameInAtTheFormerOne() throws Exception {
        leaving("in", "/a");
        restart();
        house.start("in", at("/b"), second);
        post("/b", "d");
        await().until(() -> second.size() == 3);
        assertThat(told(second)).containsExactly("2 /webhooks/a", "3 /webhooks/a", "4 /webhooks/b");
    }

    @Test
    void aRouteGoesOnUnderAnotherIdOverARestart() throws Exception {
        leaving("old", "/a");
        restart();
        house.start("new", at("/a"), second);
        post("/a", "d");
        await().until(() -> second.size() == 3);
        assertThat(told(second)).containsExactly("2 /webhooks/a", "3 /webhooks/a", "4 /webhooks/a");
    }

    @Test
    void whatWaitsAtAPathIsTheNextRoutesThatComesThere() throws Exception {
        leaving("old", "/a");
        restart();
        house.start("elsewhere", at("/b"), first);
        post("/b", "d");
        await().until(() -> first.size() == 2);
        restart();
        house.start("new", at("/a"), second);
        await().until(() -> second.size() == 2);
        assertThat(told(second)).containsExactly("2 /webhooks/a", "3 /webhooks/a");
    }
}
