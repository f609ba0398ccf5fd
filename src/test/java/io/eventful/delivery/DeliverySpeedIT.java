package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Event;
import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import io.eventful.subscription.SinkGuard;
import io.eventful.subscription.Subscriptions;
import io.eventful.subscription.TestSubscriptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * One event to ten sinks, beside a bare loop of the same client in the same run. Rates
 * and CPU times are printed, medians of several rounds, not asserted: they depend on what else the machine does.
 */
@Tag("long")
class DeliverySpeedIT {

    private static final int SINKS = 10;
    private static final int EVENTS = 1_500;
    private static final int WARM = 10;
    private static final int ROUNDS = 5;
    private static final int CONCURRENT = 64;

    @TempDir
    Path folder;

    @Test
    void everyDeliveryArrivesAndTheRateIsPrinted() throws Exception {
        Clock clock = Clock.systemUTC();
        DeliverySettings settings = Rig.settings();
        Vertx vertx = Vertx.vertx();
        LongAdder received = new LongAdder();
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < SINKS; i++) {
            HttpServer server = vertx.createHttpServer()
                    .requestHandler(request -> {
                        request.endHandler(end -> {
                            received.increment();
                            request.response().setStatusCode(204).end();
                        });
                        request.resume();
                    })
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            urls.add("http://127.0.0.1:" + server.actualPort() + "/hook");
        }
        KeptPublications publications = new KeptPublications(clock);
        Databases stores = TestStores.sqlite(folder);
        Subscriptions subscriptions = TestSubscriptions.open(stores.open("delivery"), folder, clock, publications);
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        WebhookClient client = new WebhookClient(
                host -> CompletableFuture.completedFuture(List.of(loopback)),
                new SinkGuard(List.of("127.0.0.0/8"))::usable,
                settings.limits(),
                null);
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
        scheduler.setRemoveOnCancelPolicy(true);
        DeliveryEngine engine = new DeliveryEngine(
                new DeliveryEngine.Parts(
                        stores.open("delivery"),
                        publications,
                        subscriptions,
                        client,
                        new Requests("gateway.example", "test"),
                        clock,
                        new Random(),
                        Executors.newVirtualThreadPerTaskExecutor(),
                        scheduler,
                        event -> CompletableFuture.completedFuture(null),
                        new io.micrometer.core.instrument.simple.SimpleMeterRegistry()),
                settings);
        engine.start();
        for (String url : urls)
            subscriptions.create(TestSubscriptions.request(
                    "{\"sink\":\"" + url + "\",\"protocol\":\"HTTP\",\"config\":{\"channel\":\"customers\"}}"));

        byte[] body = ("{\"x\":\"" + "y".repeat(1000) + "\"}").getBytes();
        Supplier<CompletableFuture<?>> bare = () -> {
            List<CompletableFuture<?>> all = new ArrayList<>();
            for (String url : urls)
                all.add(client.send(
                        new WebhookRequest("POST", URI.create(url), Map.of("Content-Type", "application/json"), body),
                        Duration.ofSeconds(15)));
            return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
        };
        int[] number = new int[1];
        Supplier<CompletableFuture<?>> delivery = () -> {
            int n = ++number[0];
            return engine.deliver("customers", event(n, body)).toCompletableFuture();
        };
        for (int warm = 0; warm < WARM; warm++) {
            run(bare, EVENTS);
            run(delivery, EVENTS);
        }
        drained(engine);
        List<Round> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Cost plain = cost(received, () -> run(bare, EVENTS));
            Cost delivered = cost(received, () -> {
                run(delivery, EVENTS);
                engine.core().log().flush().join();
            });
            rounds.add(new Round(plain, delivered));
        }
        rounds.sort(Comparator.comparingDouble(Round::rates));
        Round byRate = rounds.get(ROUNDS / 2);
        rounds.sort(Comparator.comparingDouble(Round::cpu));
        Round byCpu = rounds.get(ROUNDS / 2);
        LoggerFactory.getLogger(DeliverySpeedIT.class)
                .info(
                        "delivery.speed bare={} arrived={} rateRatio={} bareMicros={} micros={} cpuRatio={}"
                                + " droppedFromLog={} waiting={} cores={}",
                        Math.round(byRate.bare().rate()),
                        Math.round(byRate.delivered().rate()),
                        Math.round(byRate.rates() * 100) / 100.0,
                        Math.round(byCpu.bare().micros()),
                        Math.round(byCpu.delivered().micros()),
                        Math.round(byCpu.cpu() * 100) / 100.0,
                        engine.core().log().dropped(),
                        waiting(engine),
                        Runtime.getRuntime().availableProcessors());
        drained(engine);
        assertThat(received.sum()).isGreaterThanOrEqualTo((long) (WARM + ROUNDS) * 2 * EVENTS * SINKS);
        engine.close();
        client.close();
        ((AutoCloseable) stores).close();
        vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    /**
     * What a run of events cost, arrival at the sinks included.
     *
     * @param rate deliveries per second
     * @param micros CPU time of this process for one delivery, that of the sinks included
     */
    private record Cost(double rate, double micros) {}

    private record Round(Cost bare, Cost delivered) {
        double rates() {
            return delivered.rate() / bare.rate();
        }

        double cpu() {
            return bare.micros() / delivered.micros();
        }
    }

    private interface Load {
        void run() throws InterruptedException;
    }

    private static Cost cost(LongAdder received, Load load) throws InterruptedException {
        long all = (long) EVENTS * SINKS;
        long before = received.sum();
        long cpu = cpu();
        long begun = System.nanoTime();
        load.run();
        // What counts is arrival: a recorded delivery is acknowledged, but it has not arrived yet.
        await().pollInterval(5, TimeUnit.MILLISECONDS)
                .atMost(2, TimeUnit.MINUTES)
                .until(() -> received.sum() - before >= all);
        return new Cost(all * 1e9 / (System.nanoTime() - begun), (cpu() - cpu) / 1e3 / all);
    }

    /** CPU time of this process in nanoseconds: other than the rate, it does not depend on what else the machine does. */
    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static int waiting(DeliveryEngine engine) {
        return engine.core().database().read(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT COUNT(*) FROM delivery WHERE finished IS NULL")) {
                rows.next();
                return rows.getInt(1);
            }
        });
    }

    /** A cold start may take longer than the hand-off: then deliveries are recorded, and sent from the store. */
    private static void drained(DeliveryEngine engine) {
        int before = waiting(engine);
        long begun = System.nanoTime();
        await().atMost(2, TimeUnit.MINUTES).until(() -> waiting(engine) == 0);
        if (before > 1000)
            LoggerFactory.getLogger(DeliverySpeedIT.class)
                    .info("delivery.drained perSecond={}", Math.round(before * 1e9 / (System.nanoTime() - begun)));
    }

    private static Event event(int n, byte[] body) {
        return new Event(
                "e" + n,
                "/upstreams/default",
                "customer.updated",
                "/customers/" + n,
                null,
                "application/json",
                null,
                Map.of("position", Integer.toString(n), "partitionkey", "/customers/" + n, "revision", "1"),
                body);
    }

    /** Runs units of work, some at once; returns units per second. */
    private static double run(Supplier<CompletableFuture<?>> unit, int count) throws InterruptedException {
        Semaphore permits = new Semaphore(CONCURRENT);
        CountDownLatch done = new CountDownLatch(count);
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            permits.acquire();
            unit.get().whenComplete((result, failure) -> {
                permits.release();
                done.countDown();
            });
        }
        assertThat(done.await(2, TimeUnit.MINUTES)).isTrue();
        return count * 1e9 / (System.nanoTime() - begun);
    }
}
