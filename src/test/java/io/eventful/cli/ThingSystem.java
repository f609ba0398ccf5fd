package io.eventful.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.eventful.event.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A REST system whose items are patched, and cancelled by an action; its replies to creates and actions do not show the item.
 * Items that are called {@code busy} cannot be reached.
 */
final class ThingSystem implements AutoCloseable {

    private final Map<String, ObjectNode> items = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger(40);
    private final HttpServer server;

    ThingSystem() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A write that the gateway does not see. */
    void put(String path, String json) {
        items.put(path, (ObjectNode) Json.parse(json));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            if (path.endsWith("/busy")) {
                answer(exchange, 503, "");
                return;
            }
            ObjectNode item = items.get(path);
            switch (exchange.getRequestMethod()) {
                case "GET" -> answer(exchange, item == null ? 404 : 200, item == null ? "{}" : Json.text(item));
                case "PUT" -> {
                    items.put(path, (ObjectNode) Json.parse(body));
                    answer(exchange, item == null ? 201 : 200, new String(body, StandardCharsets.UTF_8));
                }
                case "PATCH" -> {
                    if (item == null) throw new IOException("no such item: " + path);
                    ObjectNode merged = item.deepCopy().setAll((ObjectNode) Json.parse(body));
                    items.put(path, merged);
                    answer(exchange, 200, Json.text(merged));
                }
                case "DELETE" -> {
                    items.remove(path);
                    answer(exchange, 204, "");
                }
                default -> post(exchange, path, body);
            }
        }
    }

    private void post(HttpExchange exchange, String path, byte[] body) throws IOException {
        if (path.endsWith("/cancel")) {
            items.computeIfPresent(
                    path.replace("/cancel", ""), (name, item) -> item.deepCopy().put("state", "cancelled"));
            answer(exchange, 200, "{\"ok\":true}");
            return;
        }
        String created = path + "/" + ids.incrementAndGet();
        items.put(created, (ObjectNode) Json.parse(body));
        exchange.getResponseHeaders().set("Location", created);
        answer(exchange, 201, "");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
