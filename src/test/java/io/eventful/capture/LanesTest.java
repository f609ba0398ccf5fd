package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Item;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanesTest {

    private static final Item ITEM = new Item("/upstreams/default", "", "/customers/7");

    @TempDir
    Path folder;

    @Test
    void placesAreTakenInTheOrderOfTheQueue() throws Exception {
        Lanes lanes = new Lanes();
        List<Lanes.Place> places = new ArrayList<>();
        for (int i = 0; i < 5; i++) places.add(lanes.queue(ITEM));
        for (int i = 0; i < 5; i++) {
            assertThat(places.get(i).await(Duration.ZERO)).isTrue();
            if (i < 3) assertThat(lanes.queue(ITEM).await(Duration.ofMillis(1))).isFalse();
            places.get(i).close();
            places.get(i).close();
        }
        assertThat(lanes.size()).isZero();
    }

    /** Whoever waits, gives up or leaves, at most one is at the head, and nothing is left over. */
    @Property(tries = 40)
    void atMostOneIsAtTheHead(@ForAll @Size(min = 2, max = 24) List<@IntRange(min = 0, max = 3) Integer> patience)
            throws Exception {
        Lanes lanes = new Lanes();
        AtomicInteger writing = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int millis : patience) {
                threads.submit(() -> {
                    start.await();
                    Lanes.Place place = lanes.queue(ITEM);
                    if (!place.await(Duration.ofMillis(millis))) return null;
                    most.accumulateAndGet(writing.incrementAndGet(), Math::max);
                    Thread.yield();
                    writing.decrementAndGet();
                    place.close();
                    return null;
                });
            }
            start.countDown();
        }
        assertThat(most.get()).isEqualTo(1);
        assertThat(lanes.size()).isZero();
    }

    @Test
    void whatAnEarlierRunLeftOpenGoesAheadOfAllWhoQueue() throws Exception {
        Lanes lanes = new Lanes();
        lanes.reserve(ITEM);
        lanes.reserve(ITEM);
        Lanes.Place waiting = lanes.queue(ITEM);
        lanes.release(ITEM);
        assertThat(waiting.await(Duration.ZERO)).isFalse();
        Lanes.Place patient = lanes.queue(ITEM);
        lanes.release(ITEM);
        patient.await();
        patient.close();
        assertThat(lanes.size()).isZero();
    }

    @Test
    void nobodyWaitsForAReservationThatNobodyEnds() throws Exception {
        Lanes lanes = new Lanes();
        lanes.reserve(ITEM);
        Lanes.Place place = lanes.queue(ITEM);
        lanes.releaseAll();
        place.await();
        place.close();
        lanes.queue(ITEM).await();
        assertThat(lanes.size()).isEqualTo(1);
    }

    @Test
    void manyWritersOnFewItemsMakeUnbrokenChains() throws Exception {
        try (RestSystem system = new RestSystem();
                Gateway gateway = new Gateway(folder, system)) {
            gateway.route("customers", "/customers/{id}", Map.of("laneWait", "1m"));
            Semaphore connections = new Semaphore(100);
            Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 1_000; i++) {
                    int number = i;
                    threads.submit(() -> {
                        connections.acquire();
                        try {
                            String path = "/customers/" + number % 50;
                            String body = "{\"by\":" + number + "}";
                            statuses.merge(gateway.call("PUT", path, body).statusCode(), 1, Integer::sum);
                        } finally {
                            connections.release();
                        }
                        return null;
                    });
                }
            }
            assertThat(statuses.values().stream().mapToInt(count -> count).sum())
                    .isEqualTo(1_000);
            assertThat(statuses).containsOnlyKeys(200, 201);
            Map<Item, List<Change>> chains = gateway.changes().stream().collect(Collectors.groupingBy(Change::item));
            assertThat(chains).hasSize(50);
            chains.forEach((item, chain) -> {
                assertThat(chain).hasSize(20);
                for (int i = 0; i < chain.size(); i++) {
                    assertThat(chain.get(i).revision()).isEqualTo(i + 1);
                    assertThat(chain.get(i).order()).isEqualTo(Change.Order.LANE);
                    if (i > 0)
                        assertThat(chain.get(i).before())
                                .isEqualTo(chain.get(i - 1).after());
                }
            });
        }
    }
}
