package io.eventful.channel;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a consumer that its broker has ended waits until it is opened again: not at all the first time, and then longer
 * and longer, since a message that the broker cannot hand over ends it each time. For one thread.
 */
final class ReopenPause {

    /** Who has been open for so long has not ended because of the same message. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Duration FIRST = Duration.ofMillis(500);

    private final LongSupplier nanos;
    private Duration next = Duration.ZERO;
    private long opened;

    /** @param nanos the time, as by {@link System#nanoTime()} */
    ReopenPause(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void opened() {
        opened = nanos.getAsLong();
    }

    /** The pause now that it has ended. */
    Duration next() {
        if (nanos.getAsLong() - opened >= LONGEST.toNanos()) next = Duration.ZERO;
        Duration pause = next;
        Duration doubled = pause.isZero() ? FIRST : pause.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return pause;
    }
}
