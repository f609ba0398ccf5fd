package io.eventful.view;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/** The time that has passed by a clock. When the clock is set back, it goes on from there: nothing is kept for longer. */
final class Onward implements Ticker {

    private final Clock clock;
    private long last;
    private long passed;

    Onward(Clock clock) {
        this.clock = clock;
        this.last = clock.millis();
    }

    @Override
    public synchronized long read() {
        long now = clock.millis();
        passed += Math.max(0, now - last);
        last = now;
        return TimeUnit.MILLISECONDS.toNanos(passed);
    }
}
