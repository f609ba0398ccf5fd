package io.eventful.routetest;

import io.eventful.event.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A clock that stands until it is turned, and the timers that go by it. Without chance: a retry is due exactly when it should. */
final class VirtualTime extends Clock {

    private final Instant start;
    private final List<VirtualTask<?>> tasks = new ArrayList<>();
    private Instant now;
    private long order;

    VirtualTime(Instant start) {
        this.start = start;
        this.now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** How long the test has lasted. */
    Duration passed() {
        return Duration.between(start, instant());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }

    /** Timers that go by this clock. */
    Timers timers() {
        return new Timers() {
            @Override
            public ScheduledExecutorService timer(String name) {
                return new VirtualTimer(VirtualTime.this, name);
            }

            @Override
            public RandomGenerator jitter() {
                return () -> 0L;
            }
        };
    }

    synchronized void add(VirtualTask<?> task) {
        tasks.add(task);
    }

    synchronized void remove(VirtualTask<?> task) {
        tasks.remove(task);
    }

    synchronized void drop(VirtualTimer timer) {
        tasks.removeIf(task -> task.of(timer));
    }

    synchronized long next() {
        return order++;
    }

    /** When something is planned to happen that happens once; null when nothing is. */
    synchronized @Nullable Instant planned() {
        return tasks.stream()
                .filter(task -> !task.isPeriodic())
                .map(VirtualTask::due)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** Turns the clock and runs what is due on the way, each at its time; what repeats runs once, at the end. */
    void turn(Instant to) {
        for (VirtualTask<?> task = take(to); task != null; task = take(to)) task.run();
        synchronized (this) {
            if (to.isAfter(now)) now = to;
        }
    }

    private synchronized @Nullable VirtualTask<?> take(Instant to) {
        VirtualTask<?> next = tasks.stream()
                .filter(task -> !task.due().isAfter(to))
                .min(Comparator.<VirtualTask<?>, Boolean>comparing(VirtualTask::isPeriodic)
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(null);
        if (next == null) return null;
        tasks.remove(next);
        Instant at = next.isPeriodic() ? to : next.due();
        if (at.isAfter(now)) now = at;
        return next;
    }
}
