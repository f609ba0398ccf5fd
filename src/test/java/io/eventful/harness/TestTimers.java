package io.eventful.harness;

import io.eventful.event.Timers;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/** Timers that wait for real. */
public final class TestTimers implements Timers {

    @Override
    public ScheduledExecutorService timer(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    @Override
    public RandomGenerator jitter() {
        return new Random(1);
    }
}
