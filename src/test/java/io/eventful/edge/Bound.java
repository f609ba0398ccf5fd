package io.eventful.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings from keys as in the configuration, without {@code eventful.} and with small values for tests. */
final class Bound {

    private static final Map<String, String> SMALL = Map.of(
            "edge.port", "0",
            "edge.bind", "127.0.0.1",
            "edge.limits.connections", "1000",
            "edge.limits.memory", "64MB",
            "edge.limits.event-loops", "2");

    private Bound() {}

    static EdgeSettings edge(String... keys) {
        return bind("eventful.edge", EdgeSettings.class, keys);
    }

    static UpstreamSettings upstreams(String... keys) {
        return bind("eventful", UpstreamSettings.class, keys);
    }

    /** An engine of both, not yet started. */
    static EdgeEngine engine(RoutingTable routing, String... keys) {
        return engine(routing, new SimpleMeterRegistry(), keys);
    }

    static EdgeEngine engine(RoutingTable routing, MeterRegistry meters, String... keys) {
        return new EdgeEngine(edge(keys), upstreams(keys), routing, meters);
    }

    private static <T> T bind(String prefix, Class<T> type, String... keys) {
        Map<String, String> all = new HashMap<>();
        SMALL.forEach((key, value) -> all.put("eventful." + key, value));
        for (String key : keys) {
            int equals = key.indexOf('=');
            all.put("eventful." + key.substring(0, equals), key.substring(equals + 1));
        }
        return new Binder(new MapConfigurationPropertySource(all)).bindOrCreate(prefix, type);
    }
}
