package io.eventful.delivery;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What operators see of delivery. No label names a subscription: there may be thousands of them. */
final class DeliveryMetrics {

    private final MeterRegistry registry;
    private final Timer delivered;
    private final Timer retry;
    private final Timer dead;
    private final Timer paused;
    private final Timer disabled;
    private final Timer lag;

    DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
        delivered = verdict("delivered");
        retry = verdict("retry");
        dead = verdict("dead");
        paused = verdict("pause");
        disabled = verdict("disable");
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
        Timer timer = switch (attempted.verdict()) {
            case Verdict.Delivered ignored -> delivered;
            case Verdict.DeliveredLast ignored -> delivered;
            case Verdict.Retry ignored -> retry;
            case Verdict.Dead ignored -> dead;
            case Verdict.Pause ignored -> paused;
            case Verdict.Disable ignored -> disabled;
        };
        timer.record(attempted.log().timing().total(), TimeUnit.MICROSECONDS);
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
