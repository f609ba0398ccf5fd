package io.eventful.routes;

import io.eventful.routes.RoutesState.Result;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** {@code eventful_routes_generation} and {@code eventful_routes_reload_total{result}}. */
final class RoutesMetrics {

    private final RouteSets sets;

    RoutesMetrics(RouteSets sets) {
        this.sets = sets;
    }

    void bind(MeterRegistry registry) {
        Gauge.builder("eventful.routes.generation", sets, each -> each.state().generation())
                .description("number of the running set of routes")
                .register(registry);
        Map<Result, Counter> counters = new EnumMap<>(Result.class);
        for (Result result : Result.values())
            counters.put(
                    result,
                    Counter.builder("eventful.routes.reload")
                            .description("attempts to load the route files, by result")
                            .tag("result", result.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        sets.onReload(
                reload -> Objects.requireNonNull(counters.get(reload.result())).increment());
    }
}
