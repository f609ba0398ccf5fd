package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Event;
import io.eventful.store.Databases;
import io.eventful.store.TestStores;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** One event to ten sinks, beside a bare loop of the same client in the same run. The rates are printed, not asserted. */
class DeliverySpeedIT {

    private static final int SINKS = 10;
    private static final int EVENTS = 5_000;
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
                InetAddress::isLoopbackAddress,
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
                        scheduler),
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
        for (int warm = 0; warm < 2; warm++) {
            run(bare, EVENTS);
            run(delivery, EVENTS);
        }
        drained(engine);
        long cpu = cpu();
        double bareRate = run(bare, EVENTS);
        long bareCpu = cpu() - cpu;
        cpu = cpu();
        long before = received.sum();
        long begun = System.nanoTime();
        double acknowledged = run(delivery, EVENTS);
        int recorded = waiting(engine);
        // What counts is arrival: a recorded delivery is acknowledged, but it has not arrived yet.
        await().pollInterval(5, TimeUnit.MILLISECONDS)
                .atMost(2, TimeUnit.MINUTES)
                .until(() -> received.sum() - before >= (long) EVENTS * SINKS);
        double rate = EVENTS * 1e9 / (System.nanoTime() - begun);
        engine.core().log().flush().join();
        long deliveryCpu = cpu() - cpu;
        LoggerFactory.getLogger(DeliverySpeedIT.class)
                .info(
                        "delivery.speed bare={} arrived={} ratio={} bareMicros={} micros={} cpuRatio={} acknowledged={} recordedAtTheEnd={}"
                                + " droppedFromLog={} cores={}",
                        Math.round(bareRate * SINKS),
                        Math.round(rate * SINKS),
                        Math.round(rate / bareRate * 100) / 100.0,
                        bareCpu / 1000 / EVENTS / SINKS,
                        deliveryCpu / 1000 / EVENTS / SINKS,
                        Math.round(100.0 * bareCpu / deliveryCpu) / 100.0,
                        Math.round(acknowledged * SINKS),
                        recorded,
                        engine.core().log().dropped(),
                        Runtime.getRuntime().availableProcessors());
        drained(engine);
        assertThat(received.sum()).isGreaterThanOrEqualTo(6L * EVENTS * SINKS);
        engine.close();
        client.close();
        ((AutoCloseable) stores).close();
        vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
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
