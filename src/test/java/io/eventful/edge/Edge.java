package io.eventful.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.stream.Stream;

/** A running edge before one upstream. */
final class Edge implements AutoCloseable {

    private final EdgeEngine engine;
    private final EdgeServer server;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final RoutingTable routing = new RoutingTable();

    /** Before a system on a port of this machine, with further keys of the configuration. */
    Edge(int upstreamPort, String... keys) {
        this(before("http://127.0.0.1:" + upstreamPort, keys));
    }

    /** With keys of the configuration, without {@code eventful.}. */
    Edge(String... keys) {
        EdgeSettings settings = Bound.edge(keys);
        engine = Bound.engine(routing, meters, keys);
        engine.start();
        server = new EdgeServer(engine, settings);
        server.start();
    }

    static String[] before(String url, String... keys) {
        return Stream.concat(Stream.of("upstreams.default.url=" + url), Stream.of(keys))
                .toArray(String[]::new);
    }

    int port() {
        return server.port();
    }

    EdgeServer server() {
        return server;
    }

    MeterRegistry meters() {
        return meters;
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
                Reply reply = call.forward("default", status -> 1_000_000)
                        .toCompletableFuture()
                        .join();
                // A reply that breaks off is passed on as far as it came.
                reply.body(1_000_000)
                        .exceptionally(broken -> new Body.Partial(new byte[0]))
                        .toCompletableFuture()
                        .join();
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
