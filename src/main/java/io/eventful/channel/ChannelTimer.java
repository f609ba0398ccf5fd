package io.eventful.channel;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The thread that waits before retries. A type of its own, so that nobody takes it for the application's scheduler. */
final class ChannelTimer {

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("channel-timer").factory());

    ScheduledExecutorService executor() {
        return executor;
    }

    void shutdownNow() {
        executor.shutdownNow();
    }
}
