package io.eventful.command;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of commands.
 *
 * @param queue how many commands may wait or run; beyond it a write is answered 503
 * @param concurrency how many run at a time
 * @param bodyLimit the largest body of a write that is kept; a larger one is answered 413
 * @param storage what all kept requests and replies may take on disk together; beyond it a write is answered 503
 * @param kept how many ended commands are kept at most; beyond it the oldest go
 * @param expiry how long a command is kept after its end
 * @param giveUp how long after its acceptance a command that could not be sent is tried
 * @param replyLimit the largest reply that is read to its end; what of it is kept is bounded by
 *     {@code eventful.capture.idempotency.reply-limit}
 * @param waitMax the longest {@code Prefer: wait} that is honoured
 * @param waiters how many callers may wait for commands at a time; others are answered at once
 * @param retryAfter what callers who poll are told
 * @param retry the delays between attempts while the upstream is down
 */
@ConfigurationProperties("eventful.commands")
public record CommandSettings(
        @DefaultValue("10000") int queue,
        @DefaultValue("32") int concurrency,
        @DefaultValue("1MB") DataSize bodyLimit,
        @DefaultValue("1GB") DataSize storage,
        @DefaultValue("100000") int kept,
        @DefaultValue("24h") Duration expiry,
        @DefaultValue("24h") Duration giveUp,
        @DefaultValue("1MB") DataSize replyLimit,
        @DefaultValue("60s") Duration waitMax,
        @DefaultValue("1000") int waiters,
        @DefaultValue("1s") Duration retryAfter,
        @DefaultValue Retry retry) {

    private static final DataSize LARGEST = DataSize.ofMegabytes(64);

    /**
     * Back-off, doubling from the first delay to the longest.
     *
     * @param initial before the second attempt
     * @param max the longest delay; a {@code Retry-After} of the upstream is honoured up to sixty times as long
     * @param attempts after how many attempts that may have been applied an idempotent command is given up
     */
    public record Retry(
            @DefaultValue("250ms") Duration initial,
            @DefaultValue("5s") Duration max,
            @DefaultValue("5") int attempts) {
        public Retry {
            positive("retry.initial", initial);
            positive("retry.max", max);
            positive("retry.attempts", attempts);
            if (max.compareTo(initial) < 0)
                throw new IllegalArgumentException("eventful.commands.retry.max is shorter than retry.initial ("
                        + max.toMillis() + " ms < " + initial.toMillis() + " ms); make it as long at least");
        }

        /** The delay after a number of failures in a row. */
        Duration after(int failures) {
            long factor = 1L << Math.clamp(failures - 1, 0, 30);
            return initial.compareTo(max.dividedBy(factor)) >= 0 ? max : initial.multipliedBy(factor);
        }
    }

    public CommandSettings {
        positive("queue", queue);
        positive("concurrency", concurrency);
        size("body-limit", bodyLimit);
        size("reply-limit", replyLimit);
        if (storage.compareTo(bodyLimit) < 0)
            throw new IllegalArgumentException("eventful.commands.storage is smaller than body-limit (" + storage
                    + " < " + bodyLimit + "); make it as large at least");
        positive("kept", kept);
        positive("expiry", expiry);
        positive("give-up", giveUp);
        positive("wait-max", waitMax);
        positive("waiters", waiters);
        positive("retry-after", retryAfter);
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero())
            throw new IllegalArgumentException(
                    "eventful.commands." + key + " is " + value + "; write a duration above zero, such as 2s");
    }

    private static void positive(String key, int value) {
        if (value < 1)
            throw new IllegalArgumentException("eventful.commands." + key + " is " + value + "; write 1 or more");
    }

    private static void size(String key, DataSize value) {
        if (value.toBytes() < 1 || value.compareTo(LARGEST) > 0)
            throw new IllegalArgumentException(
                    "eventful.commands." + key + " is " + value + "; write a size of 1B to 64MB, such as 1MB");
    }
}
