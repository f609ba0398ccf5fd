package io.eventful.event;

import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/**
 * Everything that is done later is done by a timer made here, and every chance that moves it in time comes from here: who
 * gives both owns the time, as route tests do.
 */
public interface Timers {

    /**
     * A timer of one part, which that part shuts down. Its tasks are short and run one after the other.
     *
     * @param name of its thread
     */
    ScheduledExecutorService timer(String name);

    /** What spreads retries, so that those that failed together do not come back together. */
    RandomGenerator jitter();
}
