package io.eventful.bench;

import java.util.Arrays;

/** Durations in nanoseconds, sorted. */
record Times(long[] sorted) {

    static Times of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Times(sorted);
    }

    double millis(double quantile) {
        return sorted[Math.max(0, (int) Math.ceil(quantile * sorted.length) - 1)] / 1e6;
    }
}
