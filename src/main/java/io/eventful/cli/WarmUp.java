package io.eventful.cli;

import io.eventful.demo.SampleSubscriber;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes many writes and reads through the whole gateway. It is part of the run that creates the class data archive, so that
 * the archive contains the classes of the hot code and their profiles.
 */
record WarmUp(DemoClient client, SampleSubscriber subscriber) {

    private static final int CALLERS = 8;
    private static final Duration LONGEST = Duration.ofSeconds(15);
    /** All webhooks are assumed to have arrived after this time without one. */
    private static final Duration SILENCE = Duration.ofMillis(500);

    private static final String ITEM = "{\"name\":\"Ada Lovelace\",\"email\":\"ada@example.com\",\"score\":17.50,"
            + "\"address\":{\"street\":\"St James Square 12\",\"city\":\"London\"},"
            + "\"tags\":[\"new\",\"export\"],\"active\":true,\"note\":\"" + "x".repeat(600) + "\"}";

    static WarmUp of(DemoClient client, SampleSubscriber subscriber) {
        return new WarmUp(client, subscriber);
    }

    /** Makes the given number of writes and reads, or fewer if it takes too long. */
    void run(int writes) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(writes);
        long end = System.nanoTime() + LONGEST.toNanos();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            for (int i = 0; i < CALLERS; i++) callers.execute(() -> play(left, end));
            callers.shutdown();
            boolean unused = callers.awaitTermination(2 * LONGEST.toSeconds(), TimeUnit.SECONDS);
        }
        while (System.nanoTime() < end && subscriber.next(SILENCE).isPresent()) continue;
    }

    private void play(AtomicInteger left, long end) {
        try {
            for (int number = left.decrementAndGet(); number >= 0; number = left.decrementAndGet()) {
                if (System.nanoTime() > end) return;
                client.call("POST", "/customers", ITEM);
                if (number % 4 == 0) client.call("PUT", "/customers/" + number, ITEM);
                client.call("GET", "/customers/" + number, "");
            }
        } catch (IOException e) {
            // The archive contains what ran until here.
            left.set(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
