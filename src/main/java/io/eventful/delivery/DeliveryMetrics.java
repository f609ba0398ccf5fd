package io.eventful.delivery;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What operators see of delivery. No label names a subscription: there may be thousands of them. */
final class DeliveryMetrics {

    private final MeterRegistry registry;
    /** All from the start, so that the first dead letter is an increase. */
    private final Map<String, Timer> verdicts;

    private final Timer lag;

    DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
        verdicts = Stream.of("delivered", "retry", "dead", "pause", "disable")
                .collect(Collectors.toMap(verdict -> verdict, this::verdict));
        lag = Timer.builder("eventful.delivery.lag")
                .description("time from the fan-out of an event to its successful delivery")
                .register(registry);
    }

    private Timer verdict(String verdict) {
        return Timer.builder("eventful.delivery.attempts")
                .description("attempts, by outcome")
                .tag("verdict", verdict)
                .register(registry);
    }

    void attempted(Delivery delivery, Attempted attempted) {
        Timer timer = verdicts.get(attempted.verdict().label());
        if (timer != null) timer.record(attempted.log().timing().total(), TimeUnit.MICROSECONDS);
        if (attempted.verdict() instanceof Verdict.Delivered)
            lag.record(Duration.between(delivery.created(), attempted.ended()));
    }

    /** Shows what is under way and what waits. */
    void watch(Core core, StoredProgress progress) {
        Gauge.builder("eventful.delivery.in.flight", core.lanes(), Lanes::inFlight)
                .description("attempts in progress")
                .register(registry);
        Gauge.builder("eventful.delivery.waiting", progress, StoredProgress::waiting)
                .description("deliveries waiting in the store")
                .register(registry);
        for (Breaker.State state : Breaker.State.values())
            Gauge.builder("eventful.delivery.circuits", core.lanes(), lanes -> lanes.circuits(state))
                    .description("subscriptions, by state of the circuit breaker of their endpoint")
                    .tag("state", state.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .register(registry);
        Gauge.builder("eventful.delivery.log.waiting", core.log(), AttemptLog::waiting)
                .description("finished deliveries waiting to be written to the log")
                .register(registry);
        FunctionCounter.builder("eventful.delivery.log.dropped", core.log(), AttemptLog::dropped)
                .description("finished deliveries not written to the log")
                .register(registry);
    }
}
