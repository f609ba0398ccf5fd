package io.eventful.capture;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** {@code eventful_capture_waiting{route}}: the changes that wait in the ledger, as while a broker is away. */
final class RelayMetrics {

    private final MeterRegistry registry;
    private final Map<Relay, Gauge> gauges = new ConcurrentHashMap<>();

    RelayMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void show(String route, Relay relay) {
        gauges.put(
                relay,
                Gauge.builder("eventful.capture.waiting", relay, Relay::waiting)
                        .description("changes in the ledger that a route has not done")
                        .tag("route", route)
                        .register(registry));
    }

    void hide(Relay relay) {
        Gauge gauge = gauges.remove(relay);
        if (gauge != null) registry.remove(gauge);
    }
}
