package io.eventful.routetest;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Something that is to be done at a time of the virtual clock; those of one time in the order of their planning. */
final class VirtualTask<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {

    private final VirtualTime time;
    private final VirtualTimer timer;
    private final Duration period;
    private final long order;
    private Instant due;

    /** @param period zero for what happens once */
    VirtualTask(VirtualTime time, VirtualTimer timer, Callable<V> work, Instant due, Duration period) {
        super(work);
        this.time = time;
        this.timer = timer;
        this.period = period;
        this.order = time.next();
        this.due = due;
    }

    Instant due() {
        return due;
    }

    boolean of(VirtualTimer other) {
        return timer == other;
    }

    @Override
    public boolean isPeriodic() {
        return period.isPositive();
    }

    @Override
    public void run() {
        if (!isPeriodic()) super.run();
        else if (runAndReset()) {
            due = time.instant().plus(period);
            time.add(this);
        }
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        time.remove(this);
        return super.cancel(mayInterrupt);
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(Duration.between(time.instant(), due));
    }

    @Override
    public int compareTo(Delayed other) {
        VirtualTask<?> task = (VirtualTask<?>) other;
        int byTime = due.compareTo(task.due);
        return byTime != 0 ? byTime : Long.compare(order, task.order);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(order);
    }
}
