package io.eventful.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.Image;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

/** What does not depend on the sender: limits, methods, repeats at once, exchanges of routes. */
class DoorsTest extends HouseFixture {

    private static final String URI = "webhook-in:/in?provider=bearer&secret=s&delivery=X-Id";
    private static final String TOKEN = "Bearer s";

    private int post(String id) throws Exception {
        return house.post("/in", "{}", "Authorization", TOKEN, "X-Id", id).statusCode();
    }

    @Test
    void aBodyOverTheLimitIsRefused() throws Exception {
        house.route("r", URI + "&bodyLimit=10B");
        assertThat(house.post("/in", "\"01234567\"", "Authorization", TOKEN).statusCode())
                .isEqualTo(200);
        assertThat(house.post("/in", "\"012345678\"", "Authorization", TOKEN).statusCode())
                .isEqualTo(413);
        assertThat(house.changes()).hasSize(1);
    }

    @Test
    void twentyFiveMegabytesAreKept() throws Exception {
        house.route("r", URI);
        byte[] body = new byte[25 * 1024 * 1024];
        Arrays.fill(body, (byte) 'x');
        body[0] = '"';
        body[body.length - 1] = '"';
        assertThat(house.send("POST", "/in", body, "Authorization", TOKEN).statusCode())
                .isEqualTo(200);
        Change change = house.only();
        assertThat(change.request().size()).isEqualTo(body.length);
        assertThat(((Image.Known) change.after()).json().textValue()).hasSize(body.length - 2);
    }

    @Test
    void manyLargeReceiptsReachTheRouteFewAtATime() throws Exception {
        List<Change> received = new CopyOnWriteArrayList<>();
        byte[] body = new byte[6 * 1024 * 1024];
        Arrays.fill(body, (byte) 'x');
        body[0] = '"';
        body[body.length - 1] = '"';
        CamelContext first = house.start("r", URI, received);
        house.receipts.swap(() -> {
            first.stop();
            try {
                for (int i = 0; i < 5; i++)
                    assertThat(house.send("POST", "/in", body, "Authorization", TOKEN)
                                    .statusCode())
                            .isEqualTo(200);
                assertThat(house.ledger().after(0, 5)).hasSizeBetween(1, 2);
                house.start("r", URI, received);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> received.size() == 5);
        assertThat(received).extracting(Change::position).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void onlyPostIsTakenAndThePathIsTheGatewaysWhateverTheMethod() throws Exception {
        house.route("r", URI);
        for (String method : List.of("GET", "PUT", "DELETE", "OPTIONS")) {
            HttpResponse<String> reply = house.send(method, "/in", new byte[0]);
            assertThat(reply.statusCode()).isEqualTo(405);
            assertThat(reply.headers().firstValue("Allow")).hasValue("POST");
        }
        assertThat(house.send("POST", "//x/../in/", new byte[0]).statusCode()).isEqualTo(401);
        assertThat(house.upstreamCalls).hasValue(0);
        assertThat(house.send("POST", "/in2", new byte[0]).statusCode()).isEqualTo(404);
        assertThat(house.upstreamCalls).hasValue(1);
    }

    @Test
    void aRateIsKeptAndSaysWhenToComeAgain() throws Exception {
        house.route("r", URI + "&rate=3");
        for (int i = 0; i < 3; i++) assertThat(post("n" + i)).isEqualTo(200);
        // A forged request costs the genuine sender nothing.
        assertThat(house.post("/in", "{}", "Authorization", "Bearer x").statusCode())
                .isEqualTo(401);
        HttpResponse<String> reply = house.post("/in", "{}", "Authorization", TOKEN);
        assertThat(reply.statusCode()).isEqualTo(429);
        assertThat(Long.parseLong(reply.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1L, 20L);
    }

    @Test
    void aBurstWithRepeatsKeepsEachDeliveryOnceAndGivesItToTheRouteOnce() throws Exception {
        List<Change> received = house.route("r", URI);
        List<Future<Integer>> replies = new ArrayList<>();
        try (ExecutorService senders = Executors.newFixedThreadPool(32)) {
            for (int i = 0; i < 1_500; i++) {
                String id = "d" + i % 500;
                replies.add(senders.submit(() -> post(id)));
            }
        }
        for (Future<Integer> reply : replies) assertThat(reply.get()).isEqualTo(200);
        await().until(() -> received.size() >= 500);
        Set<String> subjects = new HashSet<>();
        house.changes()
                .forEach(change ->
                        assertThat(subjects.add(change.item().subject())).isTrue());
        assertThat(subjects).hasSize(500);
        assertThat(received).hasSize(500);
    }

    @Test
    void noRequestIsLostWhileRoutesAreExchanged() throws Exception {
        List<Change> received = new CopyOnWriteArrayList<>();
        CamelContext running = house.start("r", URI, received);
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        try (ExecutorService sender = Executors.newSingleThreadExecutor()) {
            Future<?> sending = sender.submit(() -> {
                while (done.get() == 0)
                    assertThat(post("e" + sent.incrementAndGet())).isEqualTo(200);
                return null;
            });
            for (int i = 0; i < 5; i++) {
                CamelContext former = running;
                CamelContext[] next = new CamelContext[1];
                house.receipts.swap(() -> {
                    former.stop();
                    try {
                        next[0] = house.start("r", URI, received);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
                running = next[0];
            }
            done.set(1);
            sending.get();
        }
        assertThat(house.upstreamCalls).hasValue(0);
        assertThat(house.changes()).hasSize(sent.get());
        await().until(() -> received.stream().map(Change::position).distinct().count() == sent.get());
    }

    @Test
    void aFailedExchangeLeavesTheOldDoors() throws Exception {
        CamelContext running = house.start("r", URI, new ArrayList<>());
        assertThatThrownBy(() -> house.receipts.swap(() -> {
                    running.stop();
                    throw new IllegalStateException("the next set does not start");
                }))
                .hasMessageContaining("does not start");
        assertThat(post("1")).isEqualTo(200);
        assertThat(house.receipts.paths()).containsExactly("/in");
        List<Change> received = new CopyOnWriteArrayList<>();
        house.receipts.swap(() -> {
            try {
                house.start("r", URI, received);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().atMost(Duration.ofSeconds(5)).until(() -> received.size() == 1);
    }
}
