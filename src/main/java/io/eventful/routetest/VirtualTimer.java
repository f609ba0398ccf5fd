package io.eventful.routetest;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** One part's timer on the virtual clock. What is due at once runs at once, on a thread of its own. */
final class VirtualTimer extends AbstractExecutorService implements ScheduledExecutorService {

    private final VirtualTime time;
    private final String name;
    private volatile boolean shut;

    VirtualTimer(VirtualTime time, String name) {
        this.time = time;
        this.name = name;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        return schedule(Executors.callable(work), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
        return plan(work, Duration.of(Math.max(0, delay), unit.toChronoUnit()), Duration.ZERO);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, long initial, long period, TimeUnit unit) {
        return scheduleWithFixedDelay(work, initial, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long initial, long delay, TimeUnit unit) {
        return plan(
                Executors.callable(work),
                Duration.of(initial, unit.toChronoUnit()),
                Duration.of(delay, unit.toChronoUnit()));
    }

    private <V> ScheduledFuture<V> plan(Callable<V> work, Duration delay, Duration period) {
        if (shut) throw new RejectedExecutionException(name + " has ended");
        VirtualTask<V> task = new VirtualTask<>(time, this, work, time.instant().plus(delay), period);
        if (delay.isPositive() || period.isPositive()) time.add(task);
        else Thread.ofVirtual().name(name).start(task);
        return task;
    }

    @Override
    public void execute(Runnable work) {
        ScheduledFuture<?> unused = schedule(work, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public void shutdown() {
        shut = true;
        time.drop(this);
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shut;
    }

    @Override
    public boolean isTerminated() {
        return shut;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shut;
    }
}
