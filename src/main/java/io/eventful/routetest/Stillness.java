package io.eventful.routetest;

import io.eventful.event.Activity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Lets the gateway come to rest, and turns its clock only while it does nothing but wait for it. */
final class Stillness {

    /** How long the gateway may really work on something before a test is given up. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(300);
    /** What waits for more than this on the test's clock waits for ever. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private final VirtualTime time;
    private final List<Activity> activities;
    private final StandIns standIns;

    Stillness(Rig rig) {
        this.time = rig.time();
        this.activities = rig.activities();
        this.standIns = rig.standIns();
    }

    /** Waits until everything that can be done now is done. False when that takes too long. */
    boolean now() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (int still = 0; still < 2; still = busy() ? 0 : still + 1) {
            if (System.nanoTime() > end) return false;
            pause();
            if (standIns.delayed() > 0) forward(time.instant().plus(LONGEST));
        }
        return true;
    }

    /** Waits until the gateway does nothing more at this time, at most so long. */
    void rest(long nanos) {
        long end = System.nanoTime() + nanos;
        for (int still = 0; still < 2 && System.nanoTime() < end; still = busy() ? 0 : still + 1) pause();
    }

    /** Lets time pass until nothing is open any more, but not beyond a limit. False when that takes too long. */
    boolean until(@Nullable Duration limit) {
        Instant last = time.instant().plus(limit == null ? LONGEST : limit);
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end) {
            if (!now()) return false;
            if (open() == 0 && limit == null) return true;
            if (!forward(last)) {
                if (limit != null) time.turn(last);
                return now();
            }
        }
        return false;
    }

    /** Turns the clock to when something happens next; false when that is after the limit, or nothing is planned. */
    boolean forward(Instant last) {
        Instant next = time.planned();
        if (next == null || next.isAfter(last)) return false;
        time.turn(next);
        return true;
    }

    private int open() {
        return activities.stream().mapToInt(Activity::open).sum();
    }

    boolean busy() {
        return activities.stream().anyMatch(Activity::busy);
    }

    /** The gateway works on threads of its own, for real: they are given a moment. */
    static void pause() {
        LockSupport.parkNanos(LOOK_NANOS);
    }
}
