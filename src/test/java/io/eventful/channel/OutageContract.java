package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What must hold when a broker is killed and comes back while events flow, for the gateway and for anybody else. */
final class OutageContract {

    private static final int KEYS = 10;
    private static final int EACH = 60;
    private static final Duration FROZEN = Duration.ofSeconds(4);

    private OutageContract() {}

    /** @param stock begins to consume the channel, which exists */
    static void killed(BrokerContract test, BrokerProcess broker, Supplier<StockClient> stock) {
        run(test, stock, () -> {
            broker.kill();
            broker.start();
        });
    }

    /** The broker does not answer for a while, and nobody's connection breaks. */
    static void frozen(BrokerContract test, BrokerProcess broker, Supplier<StockClient> stock) {
        run(test, stock, () -> broker.freeze(FROZEN));
    }

    private static void run(BrokerContract test, Supplier<StockClient> stock, Runnable outage) {
        test.declare("a");
        try (StockClient client = stock.get()) {
            run(test, client, outage);
        }
    }

    private static void run(BrokerContract test, StockClient stock, Runnable outage) {
        Map<String, List<Long>> seen = new ConcurrentHashMap<>();
        test.channels.consume(test.channel, "a", event -> {
            seen.computeIfAbsent(event.key(), key -> new CopyOnWriteArrayList<>())
                    .add(event.position());
            return CompletableFuture.completedStage(null);
        });
        AtomicInteger published = new AtomicInteger();
        List<CompletableFuture<Void>> keys = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) keys.add(publish(test, key, 1, published));
        await().atMost(Duration.ofSeconds(30)).until(() -> published.get() > KEYS * EACH / 4);
        int before = published.get();
        outage.run();
        CompletableFuture.allOf(keys.toArray(CompletableFuture[]::new))
                .orTimeout(90, TimeUnit.SECONDS)
                .join();
        assertThat(published.get()).isEqualTo(KEYS * EACH).isGreaterThan(before);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(seen).hasSize(KEYS);
            assertThat(seen.values())
                    .allSatisfy(positions ->
                            assertThat(new LinkedHashSet<>(positions)).hasSize(EACH));
        });
        // Repeats may come, but what is new always comes in order.
        assertThat(seen.values())
                .allSatisfy(positions -> assertThat(new ArrayList<>(new LinkedHashSet<>(positions)))
                        .isSorted());
        Set<String> ids = new TreeSet<>();
        seen.values().stream().flatMap(Collection::stream).forEach(position -> ids.add("evt_" + position));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(stock.ids()).isEqualTo(ids));
    }

    /** Publishes a key's events one after the other, and each again until it is acknowledged, as a route does. */
    private static CompletableFuture<Void> publish(BrokerContract test, int key, int number, AtomicInteger published) {
        if (number > EACH) return CompletableFuture.completedFuture(null);
        return test.channels
                .publish(test.channel, ChannelFixture.event("/k/" + key, (long) key * 1000 + number))
                .toCompletableFuture()
                .handleAsync(
                        (ok, failure) -> {
                            if (failure == null) published.incrementAndGet();
                            return publish(test, key, failure == null ? number + 1 : number, published);
                        },
                        test.later)
                .thenCompose(next -> next);
    }
}
