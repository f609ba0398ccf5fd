package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.AttemptRecord.Timing;
import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.delivery.HostileReceiver.Ends;
import io.eventful.delivery.HostileReceiver.Reached;
import io.eventful.store.TestStores;
import io.eventful.subscription.Status;
import io.eventful.subscription.Subscription;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PfxOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** All of the kit subscribe at once, beside one that is well: each costs only itself, and ends as it must. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileReceiversTest {

    private static final int EVENTS = 2;
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    /** Of attempts that end by themselves, however busy the machine is. */
    private static final Duration AMPLE = Duration.ofSeconds(30);

    /** What sockets of both ends may hold of what a receiver sends and nobody reads. */
    private static final long BUFFERED = 32 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final Map<Ends, Wave> waves = new EnumMap<>(Ends.class);
    private HostileReceivers hostile;
    private HostileHttp2 http2;
    private int shop;
    private long grown;

    /** A gateway with some of the kit, and one that is well. */
    private record Wave(Rig rig, Sink well, Subscription healthy, Map<HostileReceiver, Subscription> subscriptions) {}

    @BeforeAll
    void deliver(@TempDir Path folder) throws Exception {
        Certificates certificates = new Certificates(folder);
        hostile = new HostileReceivers();
        String store = certificates.store("-1d", 30, "shop.example");
        shop = server(store);
        http2 = new HostileHttp2(store);
        hostile.all.addAll(http2.all);
        hostile.secure("shows the certificate of another name", "tls", "bank.example", shop);
        hostile.secure(
                "shows an expired certificate",
                "tls",
                "old.example",
                server(certificates.store("-30d", 10, "old.example")));
        hostile.secure(
                "signed its certificate itself",
                "tls",
                "self.example",
                server(certificates.selfSigned("self.example")));
        String well = "https://shop.example:" + shop;
        hostile.answersSecurely("never ends its body, by HTTP/2", Ends.ITSELF, well + "/endless");
        hostile.answersSecurely("never begins its body, by HTTP/2", Ends.DEADLINE, well + "/silent");
        for (Ends ends : Ends.values()) waves.put(ends, open(folder.resolve(ends.name()), certificates, ends));
        long before = used();
        for (Ends ends : Ends.values()) send(waves.get(ends), ends);
        grown = used() - before;
    }

    private Wave open(Path folder, Certificates certificates, Ends ends) throws Exception {
        Files.createDirectories(folder);
        Rig rig = new Rig(
                () -> TestStores.sqlite(folder),
                folder,
                SinkTrust.with(certificates.authority()),
                "timeout=" + (ends == Ends.DEADLINE ? DEADLINE : AMPLE).toMillis() + "ms",
                "retry-schedule=0s,1h");
        Sink well = new Sink();
        Subscription healthy = rig.subscribe(well.url());
        // Classes and certificates are loaded before it counts.
        Subscription warm = rig.subscribe("https://shop.example:" + shop + "/hook");
        assertThat(rig.publish(event("/customers/0", 1))).succeedsWithin(30, TimeUnit.SECONDS);
        rig.subscriptions.delete(warm.id());
        return new Wave(rig, well, healthy, new HashMap<>());
    }

    private void send(Wave wave, Ends ends) {
        Rig rig = wave.rig();
        for (HostileReceiver receiver : hostile.all)
            if (receiver.ends() == ends) wave.subscriptions().put(receiver, rig.subscribe(receiver.url()));
        List<CompletableFuture<Void>> published = new ArrayList<>();
        for (int i = 2; i <= EVENTS + 1; i++) published.add(rig.publish(event("/customers/" + i, i)));
        await().atMost(AMPLE).until(() -> wave.well().received.size() == EVENTS + 1);
        // The hand-off.
        rig.pass(Duration.ofMillis(200));
        for (CompletableFuture<Void> one : published) assertThat(one).succeedsWithin(AMPLE);
        await().atMost(AMPLE)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> rig.engine.core().lanes().flying().isEmpty());
        rig.engine.core().log().flush().join();
    }

    private int server(String store) {
        return vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(new PfxOptions().setPath(store).setPassword(Certificates.PASSWORD)))
                .requestHandler(HostileReceiversTest::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private static void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        switch (request.path()) {
            case "/endless" -> goOn(response.setChunked(true).drainHandler(drained -> goOn(response)));
            case "/silent" -> response.setChunked(true).writeHead();
            default -> response.setStatusCode(204).end();
        }
    }

    private static void goOn(HttpServerResponse response) {
        while (!response.closed() && !response.writeQueueFull()) response.write(Buffer.buffer(new byte[1 << 14]));
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @AfterAll
    void close() throws Exception {
        for (Wave wave : waves.values()) {
            wave.rig().close();
            wave.well().close();
        }
        hostile.close();
        http2.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    List<HostileReceiver> receivers() {
        return hostile.all;
    }

    @ParameterizedTest
    @MethodSource("receivers")
    void endsInTimeAndTheLogSaysHow(HostileReceiver receiver) {
        Wave wave = waves.get(receiver.ends());
        Deliveries deliveries = wave.rig().engine.deliveries();
        String subscription = wave.subscriptions().get(receiver).id();
        assertThat(deliveries.list(subscription, null, null, 100).items())
                .hasSize(EVENTS)
                .allSatisfy(one -> {
                    assertThat(one.state()).isEqualTo(receiver.state());
                    AttemptRecord attempt =
                            deliveries.find(one.id()).orElseThrow().log().getFirst();
                    assertThat(attempt.reason()).isEqualTo(receiver.reason());
                    assertThat(attempt.status()).isEqualTo(receiver.status());
                    assertThat(reached(attempt.timing())).isEqualTo(receiver.reached());
                    if (receiver.ends() == Ends.DEADLINE)
                        assertThat(Duration.of(attempt.timing().total(), ChronoUnit.MICROS))
                                .isBetween(DEADLINE.minusMillis(50), DEADLINE.plusSeconds(10));
                });
        if (receiver.sink() != null) assertThat(receiver.sink().written).hasValueLessThan(EVENTS * BUFFERED);
    }

    private static Reached reached(Timing timing) {
        if (timing.firstByte() >= 0) return Reached.HEAD;
        if (timing.tls() >= 0) return Reached.TLS;
        return timing.connect() >= 0 ? Reached.CONNECT : Reached.DNS;
    }

    @ParameterizedTest
    @EnumSource
    void theOneThatIsWellNoticesNothing(Ends ends) {
        Wave wave = waves.get(ends);
        String healthy = wave.healthy().id();
        assertThat(wave.rig()
                        .engine
                        .deliveries()
                        .list(healthy, State.DELIVERED, null, 100)
                        .items())
                .hasSize(EVENTS + 1)
                .allSatisfy(one -> assertThat(one.attempts()).isEqualTo(1));
        assertThat(wave.well().received).hasSize(EVENTS + 1);
        assertThat(wave.rig().subscriptions.find(healthy).orElseThrow().status().state())
                .isEqualTo(Status.State.ACTIVE);
    }

    @Test
    void whereARedirectLeadsNobodyGoes() {
        assertThat(hostile.redirected).hasValue(0);
    }

    @Test
    void memoryStaysBounded() {
        assertThat(grown).isLessThan(64 << 20);
    }
}
