package io.eventful.channel;

import java.util.concurrent.ScheduledExecutorService;

/** The thread that waits before retries. A type of its own, so that nobody takes it for the application's scheduler. */
record ChannelTimer(ScheduledExecutorService executor) {

    void shutdownNow() {
        executor.shutdownNow();
    }
}
