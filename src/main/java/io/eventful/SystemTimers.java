package io.eventful;

import io.eventful.event.Timers;
import java.security.SecureRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.random.RandomGenerator;

/** Timers that wait for real, each on a thread of its own. */
final class SystemTimers implements Timers {

    private final RandomGenerator jitter = new SecureRandom();

    @Override
    public ScheduledExecutorService timer(String name) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(name).factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    @Override
    public RandomGenerator jitter() {
        return jitter;
    }
}
