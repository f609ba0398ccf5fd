package io.eventful.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What an attempt's outcome means for the delivery and its subscription: the one decision table. */
sealed interface Verdict {

    /** The shortest pause, so that a sink asking for none is not asked again in a tight loop. */
    Duration LEAST_PAUSE = Duration.ofSeconds(1);

    /** The name in metrics and logs. */
    default String label() {
        return switch (this) {
            case Delivered ignored -> "delivered";
            case DeliveredLast ignored -> "delivered";
            case Disable ignored -> "disable";
            case Pause ignored -> "pause";
            case Dead ignored -> "dead";
            case Retry ignored -> "retry";
        };
    }

    /** 2xx. */
    record Delivered() implements Verdict {}

    /** 2xx, and the sink asks for no more: the subscription is disabled. */
    record DeliveredLast(String reason) implements Verdict {}

    /** 410, or {@code webhook-delivery: disable}: the subscription is disabled and what waits is held. */
    record Disable(String reason) implements Verdict {}

    /** 429 or 503 with {@code Retry-After}: the whole subscription waits, and no step of the schedule is spent. */
    record Pause(String reason, Instant until) implements Verdict {}

    /** The sink will never take this one: dead letter. */
    record Dead(String reason) implements Verdict {}

    /** Anything else: try again by the schedule. */
    record Retry(String reason) implements Verdict {}

    /**
     * Decides.
     *
     * @param retryAfterMax the longest pause a sink may ask for
     */
    static Verdict of(Outcome outcome, Instant now, Duration retryAfterMax) {
        return switch (outcome) {
            case Outcome.Failed failed -> new Retry(failed.reason());
            case Outcome.Answered answered -> of(answered, now, retryAfterMax);
        };
    }

    private static Verdict of(Outcome.Answered answered, Instant now, Duration retryAfterMax) {
        int status = answered.status();
        boolean done = status >= 200 && status < 300;
        String reason = "status-" + status;
        if (answered.header("webhook-delivery")
                .filter(v -> v.strip().equalsIgnoreCase("disable"))
                .isPresent()) return done ? new DeliveredLast("disabled-by-sink") : new Disable("disabled-by-sink");
        if (done) return new Delivered();
        return switch (status) {
            case 410 -> new Disable("gone");
            case 400, 413, 415, 422 -> new Dead(reason);
            case 429, 503 -> pause(reason, answered, now, retryAfterMax);
            default -> new Retry(reason);
        };
    }

    private static Verdict pause(String reason, Outcome.Answered answered, Instant now, Duration most) {
        Optional<Instant> asked =
                RetryAfter.parse(answered.header("retry-after").orElse(null), now);
        if (asked.isEmpty()) return new Retry(reason);
        Instant until = asked.get();
        if (until.isAfter(now.plus(most))) until = now.plus(most);
        if (until.isBefore(now.plus(LEAST_PAUSE))) until = now.plus(LEAST_PAUSE);
        return new Pause(reason, until);
    }
}
