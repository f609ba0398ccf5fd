package io.eventful.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The delay before each attempt. Jitter only lengthens a delay, by at most a tenth, so that a retry is never early and
 * retries that failed together do not come back together.
 */
final class RetryDelay {

    private static final double JITTER = 0.1;

    private final List<Duration> schedule;
    private final RandomGenerator random;

    RetryDelay(List<Duration> schedule, RandomGenerator random) {
        this.schedule = List.copyOf(schedule);
        this.random = random;
    }

    /** The delay before the attempt that follows {@code steps} spent ones; empty when the schedule is used up. */
    Optional<Duration> after(int steps) {
        if (steps >= schedule.size()) return Optional.empty();
        Duration delay = schedule.get(Math.max(0, steps));
        return Optional.of(delay.plusNanos((long) (delay.toNanos() * JITTER * random.nextDouble())));
    }
}
