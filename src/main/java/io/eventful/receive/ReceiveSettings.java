package io.eventful.receive;

import io.eventful.config.Limits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of receiving.
 *
 * @param memory bytes of bodies that are read into documents at a time; the documents take about ten times as much. A
 *     larger body is read alone
 * @param memoryWait how long a receipt waits for its share of it; then it is answered 503
 * @param storeWait how long a receipt waits for the ledger; then it is answered 503, and may be durable all the same: the
 *     sender's repeat is a duplicate then
 * @param remember how long a delivery's id is known, so that a repeat is recognised: longer than any sender repeats
 * @param deliveries how many ids are known at most; the oldest are forgotten first
 * @param batch events of one CloudEvents batch (413)
 */
@ConfigurationProperties("eventful.receive")
public record ReceiveSettings(
        @DefaultValue("32MB") DataSize memory,
        @DefaultValue("5s") Duration memoryWait,
        @DefaultValue("5s") Duration storeWait,
        @DefaultValue("30d") Duration remember,
        @DefaultValue("5000000") long deliveries,
        @DefaultValue("1000") int batch) {

    private static final Limits LIMITS = new Limits("eventful.receive.");
    private static final DataSize LEAST_MEMORY = DataSize.ofMegabytes(1);

    public ReceiveSettings {
        if (memory.compareTo(LEAST_MEMORY) < 0 || memory.toGigabytes() > 1_000)
            throw new IllegalArgumentException("eventful.receive.memory is " + memory + "; set it to at least 1MB");
        LIMITS.positive("memory-wait", memoryWait);
        LIMITS.positive("store-wait", storeWait);
        LIMITS.positive("remember", remember);
        LIMITS.positive("deliveries", deliveries);
        LIMITS.positive("batch", batch);
    }
}
