package io.eventful.delivery;

import io.eventful.config.Limits;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of delivery: what one sink, one backlog or one burst may cost.
 *
 * @param responseHead bytes of status line and header fields of a reply; a larger head fails the attempt
 * @param responseFields header fields of a reply; more fail the attempt
 * @param responseBody bytes of a reply's body that are read; then the connection is closed and the status counts
 * @param concurrencyPerEndpoint attempts under way to one subscription
 * @param inFlight attempts under way to all subscriptions
 * @param queuedPerSubscription deliveries of one subscription that wait in memory for a free slot; at this bound new ones
 *     wait in the store until a quarter of it is left
 * @param queuedMemory bytes of events that wait in memory for a free slot, for all subscriptions; more wait in the store
 * @param connectionsPerHost open connections to one address and host name
 * @param logQueue finished deliveries waiting for the log; more are left out of the log and counted
 * @param waitingSubjects subjects with waiting deliveries that are tracked in memory for one subscription; with more,
 *     every new delivery of it goes through the store
 * @param recentDeliveries finished deliveries remembered to recognise a repeat of the broker
 * @param resolverThreads threads for name resolution
 * @param replayWindow a replay makes no more deliveries while so many wait for its subscription
 * @param replayRate publications per second that one replay sends at most
 */
public record DeliveryLimits(
        @DefaultValue("16KB") DataSize responseHead,
        @DefaultValue("200") int responseFields,
        @DefaultValue("64KB") DataSize responseBody,
        @DefaultValue("32") int concurrencyPerEndpoint,
        @DefaultValue("4096") int inFlight,
        @DefaultValue("4096") int queuedPerSubscription,
        @DefaultValue("64MB") DataSize queuedMemory,
        @DefaultValue("256") int connectionsPerHost,
        @DefaultValue("50000") int logQueue,
        @DefaultValue("10000") int waitingSubjects,
        @DefaultValue("100000") int recentDeliveries,
        @DefaultValue("8") int resolverThreads,
        @DefaultValue("500") int replayWindow,
        @DefaultValue("1000") int replayRate) {

    private static final Limits LIMITS = new Limits("eventful.delivery.limits.");

    public DeliveryLimits {
        LIMITS.between("response-head", responseHead.toBytes(), 1024, 1 << 20);
        LIMITS.between("response-fields", responseFields, 1, 10_000);
        LIMITS.between("response-body", responseBody.toBytes(), 0, 16 << 20);
        LIMITS.between("concurrency-per-endpoint", concurrencyPerEndpoint, 1, 10_000);
        LIMITS.between("in-flight", inFlight, 1, 1_000_000);
        LIMITS.between("queued-per-subscription", queuedPerSubscription, 1, 1_000_000);
        LIMITS.between("queued-memory", queuedMemory.toBytes(), 0, 1 << 30);
        LIMITS.between("connections-per-host", connectionsPerHost, 1, 10_000);
        LIMITS.between("log-queue", logQueue, 1, 10_000_000);
        LIMITS.between("waiting-subjects", waitingSubjects, 1, 10_000_000);
        LIMITS.between("recent-deliveries", recentDeliveries, 1, 100_000_000);
        LIMITS.between("resolver-threads", resolverThreads, 1, 256);
        LIMITS.between("replay-window", replayWindow, 1, 100_000);
        LIMITS.between("replay-rate", replayRate, 1, 1_000_000);
    }
}
