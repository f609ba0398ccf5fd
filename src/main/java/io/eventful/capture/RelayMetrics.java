package io.eventful.capture;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How far each route is behind the ledger, as while a broker is away, and what waits for an operator. */
final class RelayMetrics {

    private final MeterRegistry registry;
    private final Map<Relay, List<Gauge>> gauges = new ConcurrentHashMap<>();

    RelayMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void show(String route, Relay relay) {
        gauges.put(
                relay,
                List.of(
                        gauge(
                                Gauge.builder("eventful.capture.waiting", relay, Relay::waiting)
                                        .description(
                                                "positions of the ledger that the route is behind, those of other routes' changes included"),
                                route),
                        gauge(
                                Gauge.builder("eventful.capture.parked", relay, Relay::parked)
                                        .description("changes that the route could not handle, and the changes waiting"
                                                + " behind them"),
                                route)));
    }

    private Gauge gauge(Gauge.Builder<Relay> gauge, String route) {
        return gauge.tag("route", route).register(registry);
    }

    void hide(Relay relay) {
        List<Gauge> shown = gauges.remove(relay);
        if (shown != null) shown.forEach(registry::remove);
    }
}
