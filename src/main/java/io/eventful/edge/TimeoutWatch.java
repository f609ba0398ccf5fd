package io.eventful.edge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/** Checks all time-outs of one event loop at a fixed interval, which is cheaper than one timer per call. */
final class TimeoutWatch {

    /** Interval of the checks, and thus the precision of the time-outs. */
    static final long PERIOD_MILLIS = 50;

    /** Something with a time-out. */
    interface Watched {
        /**
         * Acts if the time-out has expired.
         *
         * @param now {@link System#nanoTime()}
         */
        void check(long now);
    }

    private final Set<Watched> all = new LinkedHashSet<>();

    void add(Watched watched) {
        all.add(watched);
    }

    void remove(Watched watched) {
        all.remove(watched);
    }

    void look() {
        if (all.isEmpty()) return;
        long now = System.nanoTime();
        for (Watched watched : new ArrayList<>(all)) watched.check(now);
    }
}
