package io.eventful.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A subscriber that often fails: by status, by Retry-After, by hanging up, by taking long. It keeps what it got. */
final class FlakyEndpoint implements AutoCloseable {

    /** An arrival, whatever was answered. */
    record Arrival(String subject, long position) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Random random;
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final Set<Long> taken = ConcurrentHashMap.newKeySet();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    FlakyEndpoint(long seed) throws IOException {
        random = new Random(seed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        inFlight.incrementAndGet();
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            long position = Long.parseLong(exchange.getRequestHeaders().getFirst("ce-position"));
            arrivals.add(new Arrival(exchange.getRequestHeaders().getFirst("ce-subject"), position));
            int fate = random.nextInt(100);
            // Longer than the hand-off.
            if (fate >= 95) LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            if (fate < 3) failures.incrementAndGet(); // hangs up without an answer
            else if (fate < 4) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                fail(exchange, 503);
            } else if (fate < 18) fail(exchange, 500);
            else {
                exchange.sendResponseHeaders(204, -1);
                taken.add(position);
            }
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private void fail(HttpExchange exchange, int status) throws IOException {
        failures.incrementAndGet();
        exchange.sendResponseHeaders(status, -1);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    /** In the order in which requests came in. */
    List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** Positions that were answered with success. */
    Set<Long> taken() {
        return Set.copyOf(taken);
    }

    int inFlight() {
        return inFlight.get();
    }

    int failures() {
        return failures.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
