package io.eventful.command;

import io.eventful.config.Limits;
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

    private static final Limits LIMITS = new Limits("eventful.commands.");

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
            LIMITS.positive("retry.initial", initial);
            LIMITS.positive("retry.max", max);
            LIMITS.positive("retry.attempts", attempts);
            if (max.compareTo(initial) < 0)
                throw new IllegalArgumentException("eventful.commands.retry.max is shorter than retry.initial ("
                        + max.toMillis() + " ms < " + initial.toMillis() + " ms); set it to at least that");
        }

        /** The delay after a number of failures in a row. */
        Duration after(int failures) {
            long factor = 1L << Math.clamp(failures - 1, 0, 30);
            return initial.compareTo(max.dividedBy(factor)) >= 0 ? max : initial.multipliedBy(factor);
        }
    }

    public CommandSettings {
        LIMITS.positive("queue", queue);
        LIMITS.positive("concurrency", concurrency);
        LIMITS.size("body-limit", bodyLimit);
        LIMITS.size("reply-limit", replyLimit);
        if (storage.compareTo(bodyLimit) < 0)
            throw new IllegalArgumentException("eventful.commands.storage is smaller than body-limit (" + storage
                    + " < " + bodyLimit + "); set it to at least that");
        LIMITS.positive("kept", kept);
        LIMITS.positive("expiry", expiry);
        LIMITS.positive("give-up", giveUp);
        LIMITS.positive("wait-max", waitMax);
        LIMITS.positive("waiters", waiters);
        LIMITS.positive("retry-after", retryAfter);
    }
}
