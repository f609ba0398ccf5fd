package io.eventful.edge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/** Looks at everything that waits on one event loop at a fixed pace: cheaper than a timer per call. */
final class Watch {

    /** How often it looks; time-outs are exact to this. */
    static final long PERIOD_MILLIS = 50;

    /** Something that may have waited for too long. */
    interface Watched {
        /**
         * Acts when a wait has lasted too long.
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
