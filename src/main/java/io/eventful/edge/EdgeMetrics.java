package io.eventful.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Metrics of the data port: {@code eventful.edge.requests} by kind and status class with their durations, {@code
 * eventful.edge.upstream.errors} by upstream and answer, {@code eventful.edge.connections}, {@code eventful.edge.memory}.
 */
final class EdgeMetrics {

    /** Who served a request. */
    enum Kind {
        /** The gateway itself, below its own path. */
        OWN,
        /** An endpoint of a route, webhooks included. */
        ENDPOINT,
        CAPTURED,
        PASSED,
        /** Rejected before it was routed. */
        REFUSED
    }

    /** Labels: no reply, then 1xx to 5xx. */
    private static final String[] STATUS = {"aborted", "1xx", "2xx", "3xx", "4xx", "5xx"};

    private final MeterRegistry registry;
    private final AtomicReferenceArray<Timer> timers = new AtomicReferenceArray<>(Kind.values().length * STATUS.length);

    EdgeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void connections(Supplier<Number> open) {
        Gauge.builder("eventful.edge.connections", open)
                .description("open client connections")
                .register(registry);
    }

    void memory(Supplier<Number> used) {
        Gauge.builder("eventful.edge.memory", used)
                .description("bytes of bodies held in memory, limited by eventful.edge.limits.memory")
                .baseUnit("bytes")
                .register(registry);
    }

    /** @param status status of the reply; 0 if there was none or it was incomplete */
    void request(Kind kind, int status, long nanos) {
        int group = status >= 100 && status < 600 ? status / 100 : 0;
        int at = kind.ordinal() * STATUS.length + group;
        Timer timer = timers.get(at);
        if (timer == null) {
            timer = Timer.builder("eventful.edge.requests")
                    .description("client requests, from the request header to the end of the response")
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                    .tag("status", STATUS[group])
                    .register(registry);
            timers.set(at, timer);
        }
        timer.record(Duration.ofNanos(nanos));
    }

    /** Registers the errors of an upstream: the first one is an increase only if there was a value before. */
    void upstream(String upstream) {
        for (int status : UpstreamException.STATUSES) errors(upstream, status);
    }

    void upstreamError(String upstream, int status) {
        errors(upstream, status).increment();
    }

    private Counter errors(String upstream, int status) {
        return Counter.builder("eventful.edge.upstream.errors")
                .description("calls that the upstream did not answer, by the status that the client got instead")
                .tag("upstream", upstream)
                .tag("status", Integer.toString(status))
                .register(registry);
    }
}
