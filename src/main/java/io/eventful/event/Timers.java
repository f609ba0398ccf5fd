package io.eventful.event;

import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/**
 * The source of all timers and of the random jitter of retries. Route tests replace it by a virtual clock, which makes all
 * delays deterministic.
 */
public interface Timers {

    /**
     * A timer of one component, which the component shuts down. Its tasks must be short; they run one after the other.
     *
     * @param name name of its thread
     */
    ScheduledExecutorService timer(String name);

    /** Random numbers for the jitter of retries. */
    RandomGenerator jitter();
}
