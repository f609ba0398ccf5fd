package io.eventful.bench;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** How late the deliveries of numbered events arrived: from when each event was due to be published. */
final class Arrivals {

    static final Arrivals NONE = new Arrivals(0, new long[0], 0);

    private final long first;
    private final long[] due;
    private final long[] late;
    private final AtomicInteger count = new AtomicInteger();

    /**
     * @param first number of the first event
     * @param due of each event, as {@link System#nanoTime}
     * @param each deliveries of one event
     */
    Arrivals(long first, long[] due, int each) {
        this.first = first;
        this.due = due;
        this.late = new long[due.length * each];
    }

    void note(String id) {
        if (due.length == 0 || id == null) return;
        int event = (int) (Long.parseLong(id.substring(1)) - first);
        if (event < 0 || event >= due.length) return;
        int at = count.getAndIncrement();
        if (at < late.length) late[at] = System.nanoTime() - due[event];
    }

    int missing() {
        return Math.max(0, late.length - count.get());
    }

    Times times() {
        return Times.of(Arrays.copyOf(late, Math.min(late.length, count.get())));
    }
}
