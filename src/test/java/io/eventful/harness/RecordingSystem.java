package io.eventful.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A REST system that keeps a log of every write it applied. It applies a write first and answers after a while, so that
 * a gateway that is killed in between has a call of unknown fate.
 */
public final class RecordingSystem implements AutoCloseable {

    /** One applied write. */
    public record Applied(String method, String path, String marker) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Duration delay;
    private final Map<String, ObjectNode> items = new ConcurrentHashMap<>();
    private final Queue<Applied> applied = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicReference<CountDownLatch> held = new AtomicReference<>(new CountDownLatch(0));

    /** @param delay between applying a write and answering it */
    public RecordingSystem(Duration delay) {
        this.delay = delay;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Writes in the order in which they were applied. */
    public List<Applied> applied() {
        return List.copyOf(applied);
    }

    /** Writes that are applied and not yet answered. */
    public int inFlight() {
        return inFlight.get();
    }

    /** Applies no write that comes from now on until the result is run. */
    public Runnable hold() {
        CountDownLatch latch = new CountDownLatch(1);
        held.set(latch);
        return latch::countDown;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            if (exchange.getRequestMethod().equals("GET")) {
                JsonNode item = items.get(path);
                answer(exchange, item == null ? 404 : 200, item);
                return;
            }
            inFlight.incrementAndGet();
            try {
                held.get().await();
                write(exchange, path, body);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                inFlight.decrementAndGet();
            }
        }
    }

    private void write(HttpExchange exchange, String path, byte[] body) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "POST" -> {
                String created = path + "/" + ids.incrementAndGet();
                ObjectNode item = (ObjectNode) JSON.readTree(body);
                items.put(created, item);
                applied.add(new Applied("POST", created, marker(item)));
                pause();
                exchange.getResponseHeaders().set("Location", created);
                answer(exchange, 201, item);
            }
            case "PUT" -> {
                ObjectNode item = (ObjectNode) JSON.readTree(body);
                boolean present = items.put(path, item) != null;
                applied.add(new Applied("PUT", path, marker(item)));
                pause();
                answer(exchange, present ? 200 : 201, item);
            }
            case "DELETE" -> {
                ObjectNode item = items.remove(path);
                if (item != null) applied.add(new Applied("DELETE", path, marker(item)));
                pause();
                answer(exchange, item == null ? 404 : 204, null);
            }
            default -> answer(exchange, 405, null);
        }
    }

    private static String marker(JsonNode item) {
        return item.path("marker").asText();
    }

    private void pause() {
        LockSupport.parkNanos(delay.toNanos());
    }

    private static void answer(HttpExchange exchange, int status, @org.jspecify.annotations.Nullable JsonNode body)
            throws IOException {
        if (body == null) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
