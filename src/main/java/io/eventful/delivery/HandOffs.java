package io.eventful.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Says when flights have taken long enough. All wait equally long, so one timer, for the oldest event that is not
 * done, serves all of them. Thread-safe.
 */
final class HandOffs {

    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final Duration after;
    private final Predicate<Flight> overdue;
    private final Deque<Batch> batches = new ArrayDeque<>();
    private boolean armed;

    private record Batch(Instant due, List<Flight> flights, CompletableFuture<?> all) {}

    /** @param overdue hands a flight off; answers whether to look at it again later instead */
    HandOffs(Clock clock, ScheduledExecutorService scheduler, Duration after, Predicate<Flight> overdue) {
        this.clock = clock;
        this.scheduler = scheduler;
        this.after = after;
        this.overdue = overdue;
    }

    /**
     * Watches over the flights of one event that began now.
     *
     * @param all done when nothing is left to hand off
     */
    synchronized void watch(List<Flight> flights, CompletableFuture<?> all) {
        batches.add(new Batch(clock.instant().plus(after), flights, all));
        while (batches.size() > 1 && batches.getFirst().all().isDone()) batches.removeFirst();
        if (!armed) arm(after);
    }

    private void arm(Duration delay) {
        try {
            // Never early: a delay is rounded up to whole milliseconds.
            scheduler.schedule(this::look, delay.plusNanos(999_999).toMillis(), TimeUnit.MILLISECONDS);
            armed = true;
        } catch (RejectedExecutionException closed) {
            armed = false;
        }
    }

    private void look() {
        List<Batch> due = new ArrayList<>();
        synchronized (this) {
            Instant now = clock.instant();
            Batch first = batches.peek();
            while (first != null && (first.all().isDone() || due(first, now))) {
                due.add(batches.removeFirst());
                first = batches.peek();
            }
            if (first == null) armed = false;
            else arm(Duration.between(now, first.due()));
        }
        for (Batch batch : due) {
            if (batch.all().isDone()) continue;
            List<Flight> again = batch.flights().stream().filter(overdue).toList();
            if (!again.isEmpty()) watch(again, batch.all());
        }
    }

    /** Also when the clock was set back meanwhile. */
    private boolean due(Batch batch, Instant now) {
        return !batch.due().isAfter(now) || batch.due().isAfter(now.plus(after));
    }
}
