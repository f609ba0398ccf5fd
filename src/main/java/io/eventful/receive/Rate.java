package io.eventful.receive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Takes a number of requests per minute: a bucket that holds one minute's worth and fills evenly. */
final class Rate {

    private static final double MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    private final int perMinute;
    private final Clock clock;
    private double left;
    private Instant filled;

    /** @param perMinute 0 for any number */
    Rate(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
        this.left = perMinute;
        this.filled = clock.instant();
    }

    /** Takes one; else how long until there is one, at least a second. */
    synchronized Optional<Duration> take() {
        if (perMinute == 0) return Optional.empty();
        Instant now = clock.instant();
        double more = Math.max(0, Duration.between(filled, now).toNanos()) * perMinute / MINUTE_NANOS;
        left = Math.min(perMinute, left + more);
        filled = now;
        if (left >= 1) {
            left -= 1;
            return Optional.empty();
        }
        long seconds = (long) Math.ceil((1 - left) * 60 / perMinute);
        return Optional.of(Duration.ofSeconds(Math.max(1, seconds)));
    }
}
