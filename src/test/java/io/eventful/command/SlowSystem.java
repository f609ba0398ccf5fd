package io.eventful.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A REST system that answers a write with what was written, when it is let; {@code GET} tells of nothing. */
final class SlowSystem implements AutoCloseable {

    private final HttpServer server;
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    SlowSystem() throws IOException {
        this(0);
    }

    SlowSystem(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** From now on writes are taken and not answered, until they are let. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    void letGo() {
        gate.countDown();
    }

    /** The next writes get these statuses; 0 breaks the connection. */
    void answer(Integer... next) {
        statuses.addAll(List.of(next));
    }

    /** Writes in the order in which they came: method, path, body, and whose they are. */
    List<String> seen() {
        return List.copyOf(seen);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String who = exchange.getRequestHeaders().getFirst("Authorization");
            seen.add(exchange.getRequestMethod() + ' ' + exchange.getRequestURI() + ' ' + body + ' ' + who);
            gate.await();
            Integer status = statuses.poll();
            if (status != null && status == 0) return;
            boolean created = exchange.getRequestMethod().equals("POST");
            if (created)
                exchange.getResponseHeaders()
                        .set("Location", exchange.getRequestURI().getPath() + '/' + ids.incrementAndGet());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status == null ? created ? 201 : 200 : status, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        letGo();
        server.stop(0);
    }
}
