package io.eventful.delivery;

import io.eventful.subscription.Progress;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The positions that a subscription's deliveries have come to, but for those that wait in the store. Thread-safe. */
final class Waterline {

    private final NavigableMap<Long, Integer> flying = new TreeMap<>();
    private long seen;

    synchronized void seen(long position) {
        seen = Math.max(seen, position);
    }

    /** The highest position that came by. */
    synchronized long seen() {
        return seen;
    }

    /** One is sent, or queued in memory, without a row. */
    synchronized void flies(long position) {
        flying.merge(position, 1, Integer::sum);
    }

    synchronized void landed(long position) {
        flying.computeIfPresent(position, (same, count) -> count == 1 ? null : count - 1);
    }

    /**
     * How many are without a row, and the lowest position among them; {@link Long#MAX_VALUE} when there is none. What has
     * no position (0) is counted only: it has no place in the ledger that could be reached or not.
     */
    synchronized Progress.Position flights() {
        int count = flying.values().stream().mapToInt(Integer::intValue).sum();
        Long lowest = flying.higherKey(0L);
        return new Progress.Position(lowest == null ? Long.MAX_VALUE : lowest, count);
    }
}
