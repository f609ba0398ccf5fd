package io.eventful.channel;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts the events that consumers could not handle and that were given to the dead letters of their channel:
 * {@code eventful_channel_dead_total}. Thread-safe.
 */
final class DeadLetters {

    private final Map<Consumer, LongAdder> counts = new ConcurrentHashMap<>();
    private volatile @Nullable MeterRegistry registry;

    private record Consumer(String channel, String name) {}

    void bind(MeterRegistry meters) {
        registry = meters;
        counts.forEach((consumer, count) -> register(meters, consumer, count));
    }

    /** Shows a consumer that has none yet: the first one is an increase only if there was a value before. */
    void watch(String channel, String consumer) {
        LongAdder unused = of(channel, consumer);
    }

    void add(String channel, String consumer) {
        of(channel, consumer).increment();
    }

    private LongAdder of(String channel, String consumer) {
        return counts.computeIfAbsent(new Consumer(channel, consumer), this::counted);
    }

    private LongAdder counted(Consumer consumer) {
        LongAdder count = new LongAdder();
        MeterRegistry meters = registry;
        if (meters != null) register(meters, consumer, count);
        return count;
    }

    private static void register(MeterRegistry meters, Consumer consumer, LongAdder count) {
        FunctionCounter.builder("eventful.channel.dead", count, LongAdder::sum)
                .description("events that went to the dead letters of their channel")
                .tag("channel", consumer.channel())
                .tag("consumer", consumer.name())
                .register(meters);
    }
}
