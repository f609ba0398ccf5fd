package io.eventful.edge;

import io.eventful.edge.EdgeSettings.Forwarded;
import io.eventful.edge.UpstreamSettings.Credential;
import io.eventful.edge.UpstreamSettings.Upstream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real edge on a free port, for the tests of other packages. */
public final class TestEdges implements AutoCloseable {

    private final EdgeEngine engine;
    private final EdgeServer server;
    private final RoutingTable routing = new RoutingTable();

    private TestEdges(Upstream upstream) {
        EdgeSettings settings = new EdgeSettings(0, "127.0.0.1", null, Forwarded.APPEND, Edge.LIMITS);
        engine = new EdgeEngine(settings, new UpstreamSettings(Map.of("default", upstream)), routing);
        engine.start();
        server = new EdgeServer(engine, settings);
    }

    /** Before one upstream; the port opens with {@link #listen()}. */
    public static TestEdges before(int upstreamPort, Duration timeout, @Nullable String bearer) {
        return new TestEdges(new Upstream(
                URI.create("http://127.0.0.1:" + upstreamPort), timeout, null, new Credential(bearer), 200));
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
