package io.eventful.receive;

import com.sun.net.httpserver.HttpServer;
import io.eventful.capture.TestFeeds;
import io.eventful.edge.TestEdges;
import io.eventful.event.Change;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.TestLedgers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.util.unit.DataSize;

/** A real edge, ledger and relay, and webhooks that come in. */
final class House implements AutoCloseable {

    static final ReceiveSettings SETTINGS = new ReceiveSettings(
            DataSize.ofMegabytes(32), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofDays(30), 1_000, 100);

    final TestLedgers ledgers;
    final TestEdges edge;
    final Receipts receipts;
    final AtomicInteger upstreamCalls = new AtomicInteger();
    private final TestFeeds feeds;
    private final ExecutorService calls;
    private final HttpServer upstream;
    private final List<CamelContext> contexts = new CopyOnWriteArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    House(Path folder, Clock clock) throws IOException {
        this(folder, clock, SETTINGS);
    }

    House(Path folder, Clock clock, ReceiveSettings settings) throws IOException {
        this(folder, clock, settings, UnaryOperator.identity());
    }

    /** @param faults puts faults between the doors and the real ledger */
    House(Path folder, Clock clock, ReceiveSettings settings, UnaryOperator<Ledger> faults) throws IOException {
        upstream = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        upstream.createContext("/", exchange -> {
            upstreamCalls.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        upstream.start();
        ledgers = TestLedgers.sqlite(folder, clock);
        edge = TestEdges.before(upstream.getAddress().getPort(), Duration.ofSeconds(2), null);
        feeds = new TestFeeds(ledgers.ledger(), edge.routing(), edge.upstreams(), clock);
        ReceiveConfiguration configuration = new ReceiveConfiguration();
        calls = configuration.receiveCalls();
        receipts = configuration.receipts(
                faults.apply(ledgers.ledger()), feeds.feed(), edge.routing(), calls, clock, settings);
        edge.listen();
    }

    Ledger ledger() {
        return ledgers.ledger();
    }

    /** Starts a route from a URI; gives the changes that it gets. */
    List<Change> route(String id, String uri) throws Exception {
        List<Change> received = new CopyOnWriteArrayList<>();
        start(id, uri, received);
        return received;
    }

    CamelContext start(String id, String uri, List<Change> received) throws Exception {
        return start(id, uri, exchange -> received.add(exchange.getIn().getBody(Change.class)));
    }

    CamelContext start(String id, String uri, Processor step) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.addComponent("webhook-in", new WebhookInComponent(receipts));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId(id).process(step);
            }
        });
        context.start();
        contexts.add(context);
        return context;
    }

    HttpResponse<String> post(String path, String body, String... fields) throws Exception {
        return send("POST", path, body.getBytes(StandardCharsets.UTF_8), fields);
    }

    HttpResponse<String> send(String method, String path, byte[] body, String... fields) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (!List.of(fields).contains("Content-Type") && body.length > 0)
            request.header("Content-Type", "application/json");
        if (fields.length > 0) request.headers(fields);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
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
        contexts.forEach(CamelContext::stop);
        edge.close();
        calls.close();
        feeds.close();
        ledgers.close();
        upstream.stop(0);
    }
}
