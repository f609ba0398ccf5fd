package io.eventful.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * Load at a fixed rate, whatever the answers take. Each connection has its own fixed schedule, and each time is taken
 * from the moment at which the request was due, not from when it could be sent: a stall counts against every request
 * that was due in it (no coordinated omission).
 */
final class OpenLoop {

    static final int CONNECTIONS = 64;

    private final URI url;
    private final Method method;
    private final long interval;
    private final AtomicLong failures = new AtomicLong();

    OpenLoop(URI url, Method method, int perSecond) {
        this.url = url;
        this.method = method;
        this.interval = CONNECTIONS * 1_000_000_000L / perSecond;
    }

    /** Times of the requests that were due in the measured part, from their due times. */
    record Result(long[] sortedNanos, long failures) {
        double millis(double quantile) {
            int index = (int) Math.ceil(quantile * sortedNanos.length) - 1;
            return sortedNanos.length == 0 ? Double.NaN : sortedNanos[Math.max(0, index)] / 1e6;
        }
    }

    /** Runs the warm-up, which is not counted, and the measured part. */
    Result run(Duration warmUp, Duration measured) throws InterruptedException {
        long start = System.nanoTime() + 50_000_000;
        long counted = start + warmUp.toNanos();
        long end = counted + measured.toNanos();
        long[][] times = new long[CONNECTIONS][];
        Thread[] threads = new Thread[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            int number = i;
            threads[i] = new Thread(
                    () -> times[number] = connection(start + number * interval / CONNECTIONS, counted, end),
                    "open-loop-" + i);
            threads[i].start();
        }
        for (Thread thread : threads) thread.join();
        long[] all = Arrays.stream(times).flatMapToLong(LongStream::of).sorted().toArray();
        return new Result(all, failures.get());
    }

    private long[] connection(long first, long counted, long end) {
        long[] times = new long[(int) ((end - first) / interval) + 1];
        int taken = 0;
        try (Connection connection = new Connection(url, method)) {
            for (long due = first; due < end; due += interval) {
                awaitTime(due);
                try {
                    connection.call();
                    if (due >= counted) times[taken++] = System.nanoTime() - due;
                } catch (IOException e) {
                    failures.incrementAndGet();
                    connection.drop();
                }
            }
        }
        return Arrays.copyOf(times, taken);
    }

    private static void awaitTime(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) LockSupport.parkNanos(left);
    }
}
