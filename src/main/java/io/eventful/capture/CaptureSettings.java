package io.eventful.capture;

import io.eventful.config.Limits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of capturing.
 *
 * @param memory what the bodies of all captured calls under way may hold together; beyond it a call is answered 503
 * @param storeWait how long a call waits for the ledger: before it is sent (then 503), and after it was sent (then the
 *     reply is passed on and the outcome is kept as soon as the ledger can)
 * @param fetchTimeout how long a GET for an image may take
 * @param settleDelay how long after an ambiguous call the REST system is first asked what became of it; it may still
 *     be at work on it. The item's old state counts as proof only when it is seen twice, this long apart
 * @param settleConcurrency how many items are asked for at a time to settle calls, and how many of an earlier run are
 *     under way
 * @param settleWatch how long the item of a call that counts as not applied is looked at, should the REST system apply
 *     it late; zero for not at all
 * @param decodeRatio how many times larger than its compressed form a body may be, for an image to be taken of it
 * @param retry how a route's failed change is tried again
 * @param idempotency the keys by which callers repeat writes safely
 * @param relay how changes are handed to routes
 */
@ConfigurationProperties("eventful.capture")
public record CaptureSettings(
        @DefaultValue("64MB") DataSize memory,
        @DefaultValue("5s") Duration storeWait,
        @DefaultValue("10s") Duration fetchTimeout,
        @DefaultValue("1s") Duration settleDelay,
        @DefaultValue("32") int settleConcurrency,
        @DefaultValue("1m") Duration settleWatch,
        @DefaultValue("100") int decodeRatio,
        @DefaultValue Retry retry,
        @DefaultValue Idempotency idempotency,
        @DefaultValue Relaying relay) {

    private static final Limits LIMITS = new Limits("eventful.capture.");

    /**
     * {@code Idempotency-Key}.
     *
     * @param expiry how long a key and its reply are kept
     * @param keys how many are kept at most; beyond it the oldest are freed
     * @param bodyLimit the largest body of a request with a key; it is held in memory, within {@code memory}
     * @param replyLimit the largest reply that is kept; a larger one is passed on and cannot be repeated
     */
    public record Idempotency(
            @DefaultValue("24h") Duration expiry,
            @DefaultValue("100000") int keys,
            @DefaultValue("8MB") DataSize bodyLimit,
            @DefaultValue("64KB") DataSize replyLimit) {
        public Idempotency {
            LIMITS.positive("idempotency.expiry", expiry);
            LIMITS.positive("idempotency.keys", keys);
            LIMITS.size("idempotency.body-limit", bodyLimit);
            LIMITS.size("idempotency.reply-limit", replyLimit);
        }
    }

    /**
     * Back-off of a route's failed change, doubling from the first delay to the longest.
     *
     * @param initial before the second attempt
     * @param max the longest delay
     * @param attempts after how many failures of the change itself it is parked; what the route needs and is not there
     *     now (a broker, a store) is waited for without counting
     * @param unavailable the longest delay between two attempts while that is not there
     */
    public record Retry(
            @DefaultValue("250ms") Duration initial,
            @DefaultValue("30s") Duration max,
            @DefaultValue("8") int attempts,
            @DefaultValue("5s") Duration unavailable) {
        public Retry {
            LIMITS.positive("retry.initial", initial);
            LIMITS.positive("retry.max", max);
            LIMITS.positive("retry.attempts", attempts);
            LIMITS.positive("retry.unavailable", unavailable);
            if (max.compareTo(initial) < 0)
                throw new IllegalArgumentException("eventful.capture.retry.max is shorter than retry.initial ("
                        + max.toMillis() + " ms < " + initial.toMillis() + " ms); set it to at least that");
        }

        /** The delay after a number of failed attempts. */
        Duration after(int attempts) {
            return doubled(attempts, max);
        }

        /** The delay after a number of attempts in a row that found something away. */
        Duration whileUnavailable(int attempts) {
            return doubled(attempts, unavailable);
        }

        private Duration doubled(int attempts, Duration longest) {
            long factor = 1L << Math.min(attempts - 1, 30);
            return initial.compareTo(longest.dividedBy(factor)) >= 0 ? longest : initial.multipliedBy(factor);
        }
    }

    /**
     * The relay from the ledger to the routes.
     *
     * @param window how many changes of one route are in flight at most
     * @param memory bytes of the bodies of changes of one route in flight, beyond which no more are read; a larger one goes
     *     alone
     * @param page how many changes are read from the ledger at a time
     * @param lag how many changes a route may be behind and still leave the processors to callers in a burst
     * @param advance how often a route's position is kept
     * @param drain how long a stopping route waits for its changes in flight
     */
    public record Relaying(
            @DefaultValue("1024") int window,
            @DefaultValue("16MB") DataSize memory,
            @DefaultValue("256") int page,
            @DefaultValue("250000") int lag,
            @DefaultValue("100ms") Duration advance,
            @DefaultValue("10s") Duration drain) {
        public Relaying {
            LIMITS.positive("relay.window", window);
            LIMITS.size("relay.memory", memory);
            LIMITS.positive("relay.page", page);
            LIMITS.positive("relay.lag", lag);
            LIMITS.positive("relay.advance", advance);
            LIMITS.positive("relay.drain", drain);
        }
    }

    public CaptureSettings {
        if (memory.toBytes() < 1 << 20)
            throw new IllegalArgumentException("eventful.capture.memory is " + memory + "; set it to at least 1MB");
        LIMITS.positive("store-wait", storeWait);
        LIMITS.positive("fetch-timeout", fetchTimeout);
        LIMITS.positive("settle-delay", settleDelay);
        LIMITS.positive("settle-concurrency", settleConcurrency);
        if (settleWatch.isNegative())
            throw new IllegalArgumentException("eventful.capture.settle-watch is " + settleWatch
                    + "; write a duration such as 1m, or 0s for not looking");
        LIMITS.positive("decode-ratio", decodeRatio);
    }
}
