package io.eventful.edge;

import io.eventful.edge.EdgeSettings.Forwarded;
import io.eventful.edge.EdgeSettings.Limits;
import io.eventful.edge.UpstreamSettings.Credential;
import io.eventful.edge.UpstreamSettings.Upstream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/** A running edge before one upstream. */
final class Edge implements AutoCloseable {

    static final Limits LIMITS = new Limits(
            DataSize.ofKilobytes(16),
            DataSize.ofKilobytes(64),
            1000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(75),
            Duration.ofMinutes(10),
            DataSize.ofMegabytes(64),
            Duration.ofSeconds(20),
            2);

    private final EdgeEngine engine;
    private final EdgeServer server;
    private final RoutingTable routing = new RoutingTable();

    Edge(int upstreamPort) {
        this(LIMITS, upstream(upstreamPort));
    }

    Edge(Limits limits, Upstream upstream) {
        EdgeSettings settings = new EdgeSettings(0, "127.0.0.1", null, Forwarded.APPEND, limits);
        engine = new EdgeEngine(settings, new UpstreamSettings(Map.of("default", upstream)), routing);
        engine.start();
        server = new EdgeServer(engine, settings);
        server.start();
    }

    static Upstream upstream(int port) {
        return upstream(port, Duration.ofSeconds(30));
    }

    static Upstream upstream(int port, Duration timeout) {
        return new Upstream(URI.create("http://127.0.0.1:" + port), timeout, null, new Credential(null), 200);
    }

    int port() {
        return server.port();
    }

    EdgeServer server() {
        return server;
    }

    Routing routing() {
        return routing;
    }

    Upstreams upstreams() {
        return new UpstreamCalls(engine);
    }

    /** Serves paths below a prefix as a capture would: body, forward, reply's body, answer; on a virtual thread. */
    Edge capturing(String prefix) {
        routing.install(Routing.Layer.CAPTURE, head -> head.path().startsWith(prefix) ? Edge::capture : null);
        return this;
    }

    static void capture(Call call) {
        Thread.ofVirtual().start(() -> {
            try {
                call.body(1_000_000).toCompletableFuture().join();
                Reply reply = call.forward("default").toCompletableFuture().join();
                reply.body(1_000_000).toCompletableFuture().join();
                call.answer(reply).toCompletableFuture().join();
            } catch (RuntimeException failure) {
                if (failure.getCause() instanceof UpstreamException upstream) {
                    call.answer(Failures.answer(upstream));
                }
            }
        });
    }

    @Override
    public void close() {
        server.stop();
        engine.stop();
    }
}
