package io.eventful.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A clock and a scheduler that only move when a test says so. A delay counts from the time that the same thread has just
 * read, as it does with a real clock, which does not leap in between.
 */
final class ManualTime {

    private static final long JUST = TimeUnit.MILLISECONDS.toNanos(100);

    private Instant now = Instant.parse("2026-11-01T12:00:00Z");
    private final ThreadLocal<Reading> reading = new ThreadLocal<>();

    private record Reading(Instant instant, long nanos) {}

    private final List<Scheduler> schedulers = new ArrayList<>();

    final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            Instant instant = now();
            reading.set(new Reading(instant, System.nanoTime()));
            return instant;
        }
    };

    synchronized Instant now() {
        return now;
    }

    private Instant justRead() {
        Reading last = reading.get();
        reading.remove();
        return last != null && System.nanoTime() - last.nanos() < JUST ? last.instant() : now();
    }

    synchronized ScheduledExecutorService scheduler() {
        Scheduler scheduler = new Scheduler();
        schedulers.add(scheduler);
        return scheduler;
    }

    /** Moves on, task by task. */
    void advance(Duration by) {
        Instant until = now().plus(by);
        while (true) {
            Task next = null;
            synchronized (this) {
                for (Scheduler scheduler : schedulers) {
                    Task first = scheduler.tasks.peek();
                    if (first != null && !first.at.isAfter(until) && (next == null || first.at.isBefore(next.at)))
                        next = first;
                }
                if (next == null) {
                    now = until;
                    return;
                }
                next.owner.tasks.remove(next);
                if (next.at.isAfter(now)) now = next.at;
            }
            next.run();
        }
    }

    private final class Task extends FutureTask<Object> implements ScheduledFuture<Object> {
        private final Scheduler owner;
        private final Instant at;

        Task(Scheduler owner, Runnable work, Instant at) {
            super(work, null);
            this.owner = owner;
            this.at = at;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(now(), at));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    private final class Scheduler extends AbstractExecutorService implements ScheduledExecutorService {
        private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparing(task -> task.at));
        private boolean closed;

        private Task add(Runnable work, long delay, TimeUnit unit) {
            synchronized (ManualTime.this) {
                if (closed) throw new RejectedExecutionException("closed");
                Instant at = justRead().plus(Duration.of(delay, unit.toChronoUnit()));
                Task task = new Task(this, work, at);
                if (!at.isAfter(now)) Thread.ofVirtual().start(task);
                else tasks.add(task);
                return task;
            }
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
            return add(work, delay, unit);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long first, long delay, TimeUnit unit) {
            return add(
                    () -> {
                        work.run();
                        if (!isShutdown()) scheduleWithFixedDelay(work, delay, delay, unit);
                    },
                    first,
                    unit);
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, long first, long period, TimeUnit unit) {
            return scheduleWithFixedDelay(work, first, period, unit);
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
            throw new UnsupportedOperationException("nobody plans with a value");
        }

        @Override
        public void execute(Runnable work) {
            add(work, 0, TimeUnit.NANOSECONDS);
        }

        @Override
        public void shutdown() {
            synchronized (ManualTime.this) {
                closed = true;
                tasks.clear();
            }
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown();
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            synchronized (ManualTime.this) {
                return closed;
            }
        }

        @Override
        public boolean isTerminated() {
            return isShutdown();
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return isShutdown();
        }
    }
}
