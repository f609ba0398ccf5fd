package io.eventful.capture;

import io.eventful.edge.TestEdges;
import io.eventful.event.Change;
import io.eventful.event.PathTemplate;
import io.eventful.harness.TestTimers;
import io.eventful.ledger.Compensation;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.TestLedgers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** A real edge, a real ledger, and the capturing between them. */
final class Gateway implements AutoCloseable {

    static final CaptureSettings SETTINGS = settings(DataSize.ofMegabytes(64));

    final TestLedgers ledgers;
    final TestEdges edge;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Captures captures;
    final Compensation compensation;
    final Inspections inspections;
    private final Threads threads;
    private final Tools tools;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Gateway(Path folder, RestSystem system) {
        this(folder, system, null, SETTINGS);
    }

    Gateway(Path folder, RestSystem system, @Nullable String bearer, CaptureSettings settings) {
        this(folder, system.port(), bearer, settings, Duration.ofSeconds(2));
    }

    Gateway(Path folder, int upstream, @Nullable String bearer, CaptureSettings settings, Duration timeout) {
        this(folder, upstream, bearer, settings, timeout, UnaryOperator.identity());
    }

    /** @param faults puts faults between the capturing and the real ledger */
    Gateway(
            Path folder,
            int upstream,
            @Nullable String bearer,
            CaptureSettings settings,
            Duration timeout,
            UnaryOperator<Ledger> faults) {
        this(folder, TestEdges.before(upstream, timeout, bearer), settings, faults);
    }

    Gateway(Path folder, TestEdges before, CaptureSettings settings, UnaryOperator<Ledger> faults) {
        ledgers = TestLedgers.sqlite(folder, Clock.systemUTC());
        edge = before;
        CaptureConfiguration configuration = new CaptureConfiguration();
        threads = configuration.captureThreads(new TestTimers());
        Pauses pauses = configuration.capturePauses(threads);
        tools = configuration.captureTools(
                faults.apply(ledgers.ledger()), edge.upstreams(), threads, pauses, Clock.systemUTC(), settings);
        captures = configuration.captures(edge.routing(), tools, threads, pauses, settings, new RelayMetrics(meters));
        compensation = configuration.compensation(ledgers.reversals(), edge.upstreams(), tools, captures, threads);
        inspections = configuration.inspections(tools, captures);
        edge.listen();
    }

    static CaptureSettings settings(DataSize memory) {
        return new CaptureSettings(
                memory,
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                Duration.ofMillis(100),
                8,
                Duration.ofSeconds(20),
                100,
                new CaptureSettings.Retry(Duration.ofMillis(20), Duration.ofMillis(80), 3, Duration.ofMillis(20)),
                new CaptureSettings.Idempotency(
                        Duration.ofHours(24), 100, DataSize.ofKilobytes(1_500), DataSize.ofKilobytes(4)),
                new CaptureSettings.Relaying(
                        64, DataSize.ofMegabytes(16), 16, 100_000, Duration.ofMillis(20), Duration.ofSeconds(5)));
    }

    Ledger ledger() {
        return ledgers.ledger();
    }

    /** Starts a route that takes down what it receives. */
    List<Change> route(String id, String template, Map<String, String> options) {
        List<Change> received = new CopyOnWriteArrayList<>();
        start(id, template, options, (change, done) -> {
            received.add(change);
            done.accept(null);
        });
        return received;
    }

    CaptureRoute start(String id, String template, Map<String, String> options, Receiver receiver) {
        CaptureRoute route =
                new CaptureRoute(id, PathTemplate.parse(template), CaptureOptions.parse(options), receiver);
        captures.register(route);
        return route;
    }

    /** The gateway begins to end: no call more is begun. */
    void end() {
        threads.calls().shutdown();
    }

    /** Lanes that somebody is in, and bytes that calls hold. */
    List<Long> held() {
        return List.of((long) tools.lanes().size(), tools.memory().used());
    }

    HttpResponse<String> call(String method, String path, String body, String... fields) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty() && !List.of(fields).contains("Content-Type"))
            request.header("Content-Type", "application/json");
        if (fields.length > 0) request.headers(fields);
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Change> changes() {
        return ledger().after(0, 10_000);
    }

    Change only() {
        List<Change> changes = changes();
        if (changes.size() != 1) throw new AssertionError("not one change but " + changes);
        return changes.getFirst();
    }

    @Override
    public void close() throws Exception {
        edge.close();
        captures.close();
        threads.close();
        ledgers.close();
    }
}
