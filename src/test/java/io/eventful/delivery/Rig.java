package io.eventful.delivery;

import io.eventful.event.Event;
import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import io.eventful.subscription.SinkGuard;
import io.eventful.subscription.Subscription;
import io.eventful.subscription.Subscriptions;
import io.eventful.subscription.TestSubscriptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.net.TrustOptions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Delivery with a real store, a real registry and real HTTP, on a clock that a test moves. */
final class Rig implements AutoCloseable {

    final ManualTime time = new ManualTime();
    final KeptPublications publications = new KeptPublications(time.clock);
    /** Run just before delivery calls the registry's method of that name. */
    final Map<String, Runnable> before = new java.util.concurrent.ConcurrentHashMap<>();

    final List<Event> operations = new java.util.concurrent.CopyOnWriteArrayList<>();
    private final Supplier<Databases> opening;
    private final Path folder;
    private final DeliverySettings settings;
    private final @Nullable TrustOptions trust;
    Databases stores;
    Subscriptions subscriptions;
    WebhookClient client;
    DeliveryEngine engine;
    SimpleMeterRegistry meters;

    Rig(Path folder, String... settings) {
        this(() -> TestStores.sqlite(folder), folder, settings);
    }

    /** @param opening opens the same stores each time */
    Rig(Supplier<Databases> opening, Path folder, String... settings) {
        this(opening, folder, null, settings);
    }

    /** @param trust whose certificates sinks may show; null for those the JDK trusts */
    Rig(Supplier<Databases> opening, Path folder, @Nullable TrustOptions trust, String... settings) {
        this.trust = trust;
        this.opening = opening;
        this.folder = folder;
        this.settings = settings(settings);
        open();
    }

    /** Reads settings as Spring does: {@code "timeout=1s"}. */
    static DeliverySettings settings(String... pairs) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        // Sinks of tests often do not answer, and then every end would take its time.
        source.put("eventful.delivery.drain", "2s");
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            source.put("eventful.delivery." + pair.substring(0, equals), pair.substring(equals + 1));
        }
        return new Binder(source).bindOrCreate("eventful.delivery", DeliverySettings.class);
    }

    void open() {
        stores = opening.get();
        subscriptions = TestSubscriptions.open(stores.open("delivery"), folder, time.clock, publications);
        client = new WebhookClient(
                host -> CompletableFuture.completedFuture(List.of(java.net.InetAddress.getLoopbackAddress())),
                new SinkGuard(List.of("127.0.0.0/8"))::usable,
                settings.limits(),
                trust);
        meters = new SimpleMeterRegistry();
        engine = new DeliveryEngine(
                new DeliveryEngine.Parts(
                        stores.open("delivery"),
                        publications,
                        watched(subscriptions),
                        client,
                        new Requests("gateway.example", "test"),
                        time.clock,
                        new Random(7),
                        Executors.newVirtualThreadPerTaskExecutor(),
                        time.scheduler(),
                        event -> {
                            operations.add(event);
                            return CompletableFuture.completedFuture(null);
                        },
                        meters),
                settings);
        engine.start();
    }

    private Subscriptions watched(Subscriptions registry) {
        return (Subscriptions) Proxy.newProxyInstance(
                Rig.class.getClassLoader(), new Class<?>[] {Subscriptions.class}, (proxy, method, arguments) -> {
                    before.getOrDefault(method.getName(), () -> {}).run();
                    try {
                        return method.invoke(registry, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /**
     * Ends without draining or flushing delivery. Gentler than a kill: writes that the store has queued are still
     * written when it closes.
     */
    void crash() throws Exception {
        engine.core().scheduler().shutdownNow();
        ((AutoCloseable) stores).close();
        client.close();
    }

    Subscription subscribe(String sink) {
        return subscribe(sink, "");
    }

    /** With members of {@code config}, such as {@code "ordering":"none"}. */
    Subscription subscribe(String sink, String config) {
        return subscriptions.create(TestSubscriptions.request("{\"sink\":\"" + sink
                + "\",\"protocol\":\"HTTP\",\"config\":{\"channel\":\"customers\""
                + (config.isEmpty() ? "" : "," + config)
                + "}}"));
    }

    /** Publishes and delivers. */
    CompletableFuture<Void> publish(Event event) {
        publications.keep("customers", event);
        return engine.deliver("customers", event).toCompletableFuture();
    }

    static Event event(String subject, long position) {
        return new Event(
                "e" + position,
                "/upstreams/default",
                "customer.updated",
                subject,
                java.time.Instant.parse("2026-11-01T11:59:00Z"),
                "application/json",
                null,
                Map.of("position", Long.toString(position), "partitionkey", subject),
                ("{\"n\":" + position + "}").getBytes(StandardCharsets.UTF_8));
    }

    List<DeliveryRecord> deliveries(DeliveryRecord.State state) {
        return engine.deliveries().list(null, state, null, 1000).items();
    }

    void pass(Duration duration) {
        time.advance(duration);
    }

    /** Runs a statement on the store, such as one by which it refuses what it is given. */
    void sql(String statement) {
        engine.core()
                .database()
                .write(connection -> {
                    try (var run = connection.createStatement()) {
                        return run.executeUpdate(statement);
                    }
                })
                .join();
    }

    @Override
    public void close() throws Exception {
        engine.close();
        client.close();
        ((AutoCloseable) stores).close();
    }
}
