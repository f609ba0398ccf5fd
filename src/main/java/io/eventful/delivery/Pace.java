package io.eventful.delivery;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * A rate limit as a token bucket (generic cell rate algorithm). The bucket holds a tenth of a second's worth, at least
 * one, and one that comes a little late does not move those after it: over a minute the rate is exact to well under
 * 1 %, whatever the timers and the store cost. Guarded by its lane.
 */
final class Pace {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long BUCKET = SECOND / 10;
    /** So much lateness is made up for. Timers, and the claim of what waits, are late by milliseconds. */
    private static final long LATE = SECOND / 4;

    /** Nanoseconds from one to the next; 0 for no limit. */
    private long interval;

    private long tolerance;
    /** Theoretical time of the next arrival, in nanoseconds of the clock's epoch. */
    private long next;

    /** Sets the limits: the subscriber's wish per second, and the sink's ceiling per minute; 0 for none. */
    void limits(int perSecond, int perMinute) {
        long wish = perSecond == 0 ? 0 : SECOND / perSecond;
        long ceiling = perMinute == 0 ? 0 : 60 * SECOND / perMinute;
        interval = Math.max(wish, ceiling);
        tolerance = Math.max(0, BUCKET - interval);
    }

    /** Takes as many of {@code most} as may go now. */
    int take(int most, Instant now) {
        if (interval == 0) return most;
        long nanos = nanos(now);
        follow(nanos);
        int taken = 0;
        while (taken < most && next - nanos <= tolerance) {
            next = (next < nanos - LATE ? nanos : next) + interval;
            taken++;
        }
        return taken;
    }

    /** Never is the next one further ahead than one that was just taken puts it: then the clock was set back. */
    private void follow(long nanos) {
        if (next - nanos > tolerance + interval) next = nanos + tolerance + interval;
    }

    boolean unlimited() {
        return interval == 0;
    }

    boolean ready(Instant now) {
        if (interval == 0) return true;
        follow(nanos(now));
        return next - nanos(now) <= tolerance;
    }

    void giveBack(int count) {
        next -= interval * count;
    }

    /** When the next one may go. */
    Instant next() {
        return Instant.ofEpochSecond(0, interval == 0 ? 0 : next - tolerance);
    }

    private static long nanos(Instant now) {
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
