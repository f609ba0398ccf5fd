package io.eventful.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** How a count grows, and the processor time that passes meanwhile. */
final class Samples {

    private static final Duration BETWEEN = Duration.ofMillis(50);

    private static final Duration QUIET = Duration.ofSeconds(3);

    private final LongSupplier count;
    private final LongSupplier cpu;
    private final List<Sample> samples = new ArrayList<>();

    private record Sample(long at, long count, long cpu) {}

    /** @param cpu nanoseconds of all processes that take part */
    Samples(LongSupplier count, LongSupplier cpu) {
        this.count = count;
        this.cpu = cpu;
    }

    /** Samples until the count is reached, or the time is over. */
    Samples until(long wanted, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        while (take() < wanted && System.nanoTime() < end) LockSupport.parkNanos(BETWEEN.toNanos());
        return this;
    }

    /** Samples until the count is reached, the time is over, or it has stood still. */
    Samples untilQuiet(long wanted, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        long grown = System.nanoTime();
        long before = 0;
        for (long now = take(); now < wanted && System.nanoTime() < end; now = take()) {
            if (now > before) grown = System.nanoTime();
            else if (now > 0 && System.nanoTime() - grown > QUIET.toNanos()) break;
            before = now;
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        // What stood still at the end is no part of it.
        long last = samples.getLast().count;
        while (samples.size() > 1 && samples.get(samples.size() - 2).count == last) samples.removeLast();
        return this;
    }

    private long take() {
        Sample sample = new Sample(System.nanoTime(), count.getAsLong(), cpu.getAsLong());
        samples.add(sample);
        return sample.count;
    }

    /** The speed behind a part that does not count, as the code was not compiled yet. */
    Speed speed(double warmUp) {
        Sample last = samples.getLast();
        Sample first = samples.stream()
                .filter(sample -> sample.count >= last.count * warmUp)
                .findFirst()
                .orElse(last);
        long counted = Math.max(1, last.count - first.count);
        double seconds = Math.max(1, last.at - first.at) / 1e9;
        return new Speed(counted / seconds, (last.cpu - first.cpu) / 1e3 / counted);
    }

    /**
     * How fast something went.
     *
     * @param perSecond how many in a second
     * @param cpu microseconds of processor time for each
     */
    record Speed(double perSecond, double cpu) {}
}
