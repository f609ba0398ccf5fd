package io.eventful.edge;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A real edge on a free port, for the tests of other packages. */
public final class TestEdges implements AutoCloseable {

    private final EdgeEngine engine;
    private final EdgeServer server;
    private final RoutingTable routing = new RoutingTable();

    private TestEdges(String... keys) {
        EdgeSettings settings = Bound.edge(keys);
        engine = Bound.engine(routing, keys);
        engine.start();
        server = new EdgeServer(engine, settings);
    }

    /** Before one upstream; the port opens with {@link #listen()}. */
    public static TestEdges before(int upstreamPort, Duration timeout, @Nullable String bearer) {
        String url = "upstreams.default.url=http://127.0.0.1:" + upstreamPort;
        String wait = "upstreams.default.timeout=" + timeout.toMillis() + "ms";
        return bearer == null
                ? new TestEdges(url, wait)
                : new TestEdges(url, wait, "upstreams.default.credential.bearer=" + bearer);
    }

    /** With settings as in the configuration, without {@code eventful.}; the port opens with {@link #listen()}. */
    public static TestEdges of(String... keys) {
        return new TestEdges(keys);
    }

    public void listen() {
        server.start();
    }

    public int port() {
        return server.port();
    }

    public Routing routing() {
        return routing;
    }

    public Upstreams upstreams() {
        return new UpstreamCalls(engine);
    }

    @Override
    public void close() {
        server.stop();
        engine.stop();
    }
}
