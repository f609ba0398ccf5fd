package io.eventful.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A REST system that wants an {@code Authorization}, keeps a log of what it applied, and holds each call at the point that
 * its path names, so that the gateway can be killed exactly there. A held call goes on when {@link #release} is called.
 */
final class CrashSystem implements AutoCloseable {

    static final String TOKEN = "system-token";

    /** Larger than any socket's buffers, so that a client who does not read holds the reply up. */
    static final int LARGE = 16 << 20;

    /** Where a call is held. */
    enum Point {
        /** The gateway looks at the item, before its intent. */
        BEFORE_INTENT,
        /** The call has arrived and is never applied: what the gateway has is the intent. */
        AFTER_INTENT,
        /** The call has arrived and is applied only after the gateway's death. */
        AFTER_SEND,
        /** The call is applied and not answered. */
        AFTER_COMMIT,
        /** The call is applied and half answered. */
        BEFORE_OUTCOME,
        /** The whole reply is there; the caller has not got it. */
        BEFORE_REPLY;

        static Point of(String path) {
            for (Point point : values()) if (path.contains("/" + point.name().toLowerCase() + "-")) return point;
            return BEFORE_REPLY;
        }
    }

    record Applied(String method, String path, String marker) {}

    private final HttpServer server;
    private final Map<String, String> items = new ConcurrentHashMap<>();
    private final Queue<Applied> applied = new ConcurrentLinkedQueue<>();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile boolean holding;
    private volatile CountDownLatch released = new CountDownLatch(1);

    CrashSystem() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Applied> applied() {
        return List.copyOf(applied);
    }

    /** Calls that are held now, as {@code METHOD path}. */
    Set<String> held() {
        return Set.copyOf(held);
    }

    void hold() {
        released = new CountDownLatch(1);
        holding = true;
    }

    void release() {
        holding = false;
        released.countDown();
        held.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 401, "{}", Point.AFTER_COMMIT);
                return;
            }
            String path = exchange.getRequestURI().getPath();
            serve(exchange, path, Point.of(path), new String(body, UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange, String path, Point point, String body)
            throws IOException, InterruptedException {
        String method = exchange.getRequestMethod();
        if (method.equals("GET")) {
            if (point == Point.BEFORE_INTENT) holdAt(exchange, point, Point.BEFORE_INTENT);
            String item = items.get(path);
            answer(exchange, item == null ? 404 : 200, item == null ? "{}" : item, Point.AFTER_COMMIT);
            return;
        }
        boolean wasHolding = holding;
        holdAt(exchange, point, Point.AFTER_INTENT);
        if (wasHolding && point == Point.AFTER_INTENT) return; // the connection closes, nothing is applied
        holdAt(exchange, point, Point.AFTER_SEND);
        String item = method.equals("POST") ? path + "/" + ids.incrementAndGet() : path;
        boolean present = method.equals("DELETE") ? items.remove(item) != null : items.put(item, body) != null;
        applied.add(new Applied(method, item, body.replaceAll(".*\"marker\":\"([^\"]*)\".*", "$1")));
        holdAt(exchange, point, Point.AFTER_COMMIT);
        if (method.equals("POST")) exchange.getResponseHeaders().set("Location", item);
        int status = method.equals("DELETE") ? 204 : present ? 200 : 201;
        boolean large = wasHolding && point == Point.BEFORE_REPLY && method.equals("PUT");
        answer(exchange, status, large ? "[\"" + "x".repeat(LARGE) + "\"]" : body, point);
    }

    private void holdAt(HttpExchange exchange, Point point, Point here) throws InterruptedException {
        if (!holding || point != here) return;
        held.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
        released.await();
    }

    private void answer(HttpExchange exchange, int status, String json, Point point) throws IOException {
        byte[] bytes = json.getBytes(UTF_8);
        if (status == 204) {
            exchange.sendResponseHeaders(204, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        int half = bytes.length / 2;
        exchange.getResponseBody().write(bytes, 0, half);
        exchange.getResponseBody().flush();
        try {
            holdAt(exchange, point, Point.BEFORE_OUTCOME);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.getResponseBody().write(bytes, half, bytes.length - half);
    }

    @Override
    public void close() {
        release();
        server.stop(0);
    }
}
