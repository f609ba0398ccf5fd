package io.eventful.cli;

import io.eventful.demo.SampleSubscriber;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes and reads through the whole gateway, many times over. The run that makes the class cache does it, so that the
 * cache also holds the classes of the hot code, and which code that is.
 */
record Rehearsal(DemoClient client, SampleSubscriber subscriber) {

    private static final int CALLERS = 8;
    private static final Duration LONGEST = Duration.ofSeconds(15);
    /** After so long without a webhook all have come. */
    private static final Duration SILENCE = Duration.ofMillis(500);

    private static final String ITEM = "{\"name\":\"Ada Lovelace\",\"email\":\"ada@example.com\",\"score\":17.50,"
            + "\"address\":{\"street\":\"St James Square 12\",\"city\":\"London\"},"
            + "\"tags\":[\"new\",\"export\"],\"active\":true,\"note\":\"" + "x".repeat(600) + "\"}";

    static Rehearsal of(DemoClient client, SampleSubscriber subscriber) {
        return new Rehearsal(client, subscriber);
    }

    /** Makes so many writes, and as many reads, or fewer when that takes too long. */
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
            // The cache is made of what was played until then.
            left.set(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
