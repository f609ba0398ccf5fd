package io.eventful.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Writes at a fixed rate, one at a time for each item, each with a marker of its own, until closed. */
final class SteadyWrites implements AutoCloseable {

    private static final int ITEMS = 20;
    private static final long WINDOW = Duration.ofSeconds(2).toNanos();

    private final Supplier<URI> gateway;
    private final Duration interval;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final List<Thread> writers = new ArrayList<>();
    private final Queue<String> done = new ConcurrentLinkedQueue<>();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile boolean ended;

    /** When a call began, and how long it took. */
    private record Call(long begin, long nanos) {}

    SteadyWrites(Supplier<URI> gateway, int perSecond) {
        this.gateway = gateway;
        this.interval = Duration.ofSeconds(1).multipliedBy(ITEMS).dividedBy(perSecond);
        for (int item = 0; item < ITEMS; item++) {
            String path = "/items/" + item;
            writers.add(Thread.ofVirtual().start(() -> write(path)));
        }
    }

    private void write(String path) {
        long due = System.nanoTime();
        while (!ended) {
            due += interval.toNanos();
            LockSupport.parkNanos(due - System.nanoTime());
            send(path, "m" + numbers.incrementAndGet());
        }
    }

    /** The same write again until it is done: what failed is told, and the item's next write comes after it. */
    private void send(String path, String marker) {
        while (true) {
            long begin = System.nanoTime();
            try {
                HttpResponse<String> reply = client.send(
                        HttpRequest.newBuilder(gateway.get().resolve(path))
                                .timeout(Duration.ofSeconds(30))
                                .header("Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofString("{\"marker\":\"" + marker + "\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (reply.statusCode() < 300) {
                    calls.add(new Call(begin, System.nanoTime() - begin));
                    done.add(marker);
                    return;
                }
                failed.add(reply.statusCode() + " " + reply.body());
            } catch (IOException e) {
                failed.add(e.toString());
            } catch (InterruptedException e) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    /** Markers of the writes that were done. */
    List<String> done() {
        return List.copyOf(done);
    }

    /** Calls that failed. */
    List<String> failed() {
        return List.copyOf(failed);
    }

    /**
     * The 99th percentile of the calls since the last time this was asked: the median of those of two seconds each. One
     * slow sync of a busy disk spoils its own two seconds only, while what slows calls down for half of the time or more
     * is seen in full.
     */
    Duration p99() {
        Map<Long, List<Long>> windows = new TreeMap<>();
        for (Call call = calls.poll(); call != null; call = calls.poll())
            windows.computeIfAbsent(call.begin() / WINDOW, window -> new ArrayList<>())
                    .add(call.nanos());
        List<Long> each =
                windows.values().stream().map(window -> quantile(window, 0.99)).toList();
        return each.isEmpty() ? Duration.ZERO : Duration.ofNanos(quantile(each, 0.5));
    }

    private static long quantile(List<Long> values, double share) {
        return values.stream()
                .sorted()
                .skip((long) (values.size() * share))
                .findFirst()
                .orElseThrow();
    }

    /** Ends when the writes under way have, or after a minute: without a gateway they never do. */
    @Override
    public void close() throws InterruptedException {
        ended = true;
        long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        for (Thread writer : writers) writer.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
    }
}
