package io.eventful.subscription;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code config} of a subscription.
 *
 * @param channel one channel; null for every channel whose name does not start with {@code eventful.}
 * @param contentMode binary or structured
 * @param ordering subject or none
 * @param rateLimit deliveries per second; 0 for no limit
 * @param start where it begins
 * @param pattern the one pattern that is wanted, {@code notification}, {@code state} or {@code change}; null for all
 * @param labels the owner's own words about it; the gateway keeps them and finds by them
 * @param name stable and its own, by which an import or a declaration knows it again; null when it has none
 * @param signatures schemes that sign side by side; never empty
 * @param expires when it ends; null when it does not
 * @param maxEvents how many events it may get in all, replays aside; 0 for no end
 */
public record SubscriptionConfig(
        @Nullable String channel,
        ContentMode contentMode,
        Ordering ordering,
        int rateLimit,
        Start start,
        @Nullable String pattern,
        Map<String, String> labels,
        @Nullable String name,
        Set<SignatureScheme> signatures,
        @Nullable Instant expires,
        long maxEvents) {

    /** Channels with this prefix carry the gateway's own events; only who names one gets them. */
    static final String INTERNAL_CHANNELS = "eventful.";

    /** The attribute of events that tells their pattern. */
    static final String PATTERN = "pattern";

    public SubscriptionConfig {
        labels = Map.copyOf(labels);
        signatures = Set.copyOf(signatures);
        if (signatures.isEmpty()) throw new IllegalArgumentException("a webhook is never sent unsigned");
    }

    public SubscriptionConfig(
            @Nullable String channel, ContentMode contentMode, Ordering ordering, int rateLimit, Start start) {
        this(channel, contentMode, ordering, rateLimit, start, null, Map.of());
    }

    public SubscriptionConfig(
            @Nullable String channel,
            ContentMode contentMode,
            Ordering ordering,
            int rateLimit,
            Start start,
            @Nullable String pattern,
            Map<String, String> labels) {
        this(
                channel,
                contentMode,
                ordering,
                rateLimit,
                start,
                pattern,
                labels,
                null,
                Set.of(SignatureScheme.V1),
                null,
                0);
    }

    SubscriptionConfig startingAt(Start begun) {
        return new SubscriptionConfig(
                channel,
                contentMode,
                ordering,
                rateLimit,
                begun,
                pattern,
                labels,
                name,
                signatures,
                expires,
                maxEvents);
    }

    /** Whether events of a channel are wanted. */
    public boolean covers(String name) {
        return channel == null ? !name.startsWith(INTERNAL_CHANNELS) : channel.equals(name);
    }

    /** CloudEvents HTTP binding content mode. */
    public enum ContentMode {
        BINARY,
        STRUCTURED
    }

    /** Whether events of one subject wait for each other. */
    public enum Ordering {
        SUBJECT,
        NONE
    }

    /** Where a subscription begins. */
    public sealed interface Start {
        /** With the first change after its creation. */
        record Now() implements Start {}

        /** With the oldest stored publication. */
        record Earliest() implements Start {}

        /** With a position of the ledger, inclusive. */
        record Position(long position) implements Start {}

        /** The ledger position after which it begins; the head is asked for only when it matters. */
        default long after(LongSupplier head) {
            return switch (this) {
                case Now ignored -> head.getAsLong();
                case Earliest ignored -> 0;
                case Position at -> Math.max(0, at.position() - 1);
            };
        }
    }
}
