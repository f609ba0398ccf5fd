package io.eventful.delivery;

import io.eventful.config.Limits;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When an endpoint that fails is left alone, and in the end given up.
 *
 * @param failures attempts that failed in a row before the circuit opens, 1 to 1,000,000
 * @param span the first of them is at least so long ago, so that one burst against a restarting endpoint opens nothing;
 *     0 s to 1 day
 * @param probe time until one delivery is tried on an open circuit; doubled after each that fails; 100 ms to 1 day
 * @param probeMax longest such time
 * @param disableAfter failing so long, without one success, disables the subscription; 0 s for never
 */
public record BreakerSettings(
        @DefaultValue("20") int failures,
        @DefaultValue("30s") Duration span,
        @DefaultValue("5s") Duration probe,
        @DefaultValue("1m") Duration probeMax,
        @DefaultValue("5d") Duration disableAfter) {

    private static final Limits LIMITS = new Limits("eventful.delivery.breaker.");

    public BreakerSettings {
        LIMITS.between("failures", failures, 1, 1_000_000);
        LIMITS.between("span", span, Duration.ZERO, Duration.ofDays(1));
        LIMITS.between("probe", probe, Duration.ofMillis(100), Duration.ofDays(1));
        LIMITS.between("probe-max", probeMax, probe, Duration.ofDays(1));
        LIMITS.between("disable-after", disableAfter, Duration.ZERO, Duration.ofDays(3650));
    }
}
