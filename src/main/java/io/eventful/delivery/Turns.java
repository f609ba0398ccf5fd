package io.eventful.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** When a lane's waiting deliveries are looked at: one turn at a time, and one planned wake. Thread-safe. */
final class Turns {

    private @Nullable Instant wake;
    private @Nullable ScheduledFuture<?> waking;
    private boolean running;
    private boolean wanted;

    /**
     * Plans to look again at that time, unless that is planned for an earlier one: who looks then plans the next time. So
     * the earlier one stays also when its time has come and its task is only about to run.
     */
    synchronized void wake(Instant at, Instant now, Function<Duration, ScheduledFuture<?>> schedule) {
        if (wake != null && !at.isBefore(wake)) return;
        wake = at;
        if (waking != null) waking.cancel(false);
        waking = schedule.apply(at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO);
    }

    /** The planned time has come. */
    synchronized void woken(Instant at) {
        if (at.equals(wake)) wake = null;
    }

    /** Asks for a turn. Returns whether the caller must run it; else the running one sees the wish. */
    synchronized boolean ask() {
        wanted = true;
        if (running) return false;
        running = true;
        return true;
    }

    /** Whether a turn runs or is asked for. */
    synchronized boolean busy() {
        return running;
    }

    /** When it is planned to look again; null when it is not. */
    synchronized @Nullable Instant planned() {
        return wake;
    }

    synchronized void begins() {
        wanted = false;
    }

    /** Returns whether the turns are over: nobody asked for another one meanwhile. */
    synchronized boolean over() {
        if (wanted) return false;
        running = false;
        return true;
    }
}
