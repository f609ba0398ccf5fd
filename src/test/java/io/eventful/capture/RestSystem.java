package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.eventful.event.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A small REST system over HTTP that keeps JSON items, records what it is asked, and misbehaves as a test says. */
final class RestSystem implements AutoCloseable {

    record Asked(String method, String target, Map<String, List<String>> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    /** Serves a request in place of the system; true when it did. */
    @FunctionalInterface
    interface Script {
        boolean serve(HttpExchange exchange, byte[] body) throws Exception;
    }

    final Map<String, byte[]> items = new ConcurrentHashMap<>();
    final List<Asked> asked = new CopyOnWriteArrayList<>();
    volatile Script script = (exchange, body) -> false;
    volatile String token = "";
    private final AtomicInteger ids = new AtomicInteger(41);
    private final HttpServer server;

    RestSystem() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void put(String path, String json) {
        items.put(path, Json.bytes(Json.parse(json)));
    }

    List<String> writes() {
        return asked.stream()
                .filter(one -> !one.method().equals("GET"))
                .map(one -> one.method() + " " + one.target())
                .toList();
    }

    long gets(String path) {
        return asked.stream()
                .filter(one -> one.method().equals("GET") && one.target().equals(path))
                .count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            asked.add(new Asked(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), lower(exchange), body));
            if (!token.isEmpty()
                    && !("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                reply(exchange, 401, "{\"error\":\"no\"}");
            } else if (!script.serve(exchange, body)) {
                serve(exchange, body);
            }
        } catch (Exception e) {
            exchange.close();
        }
    }

    private static Map<String, List<String>> lower(HttpExchange exchange) {
        Map<String, List<String>> headers = new ConcurrentHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), List.copyOf(values)));
        return headers;
    }

    void serve(HttpExchange exchange, byte[] body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        switch (exchange.getRequestMethod()) {
            case "GET" -> {
                byte[] item = items.get(path);
                if (item == null) reply(exchange, 404, "{}");
                else reply(exchange, 200, new String(item));
            }
            case "POST" -> {
                String id = String.valueOf(ids.incrementAndGet());
                ObjectNode item = (ObjectNode) Json.parse(body);
                item.put("id", Integer.parseInt(id));
                items.put(path + "/" + id, Json.bytes(item));
                exchange.getResponseHeaders().set("Location", path + "/" + id);
                reply(exchange, 201, Json.text(item));
            }
            case "PUT" -> {
                // Its own item: another PUT may have replaced it by now.
                byte[] item = item(path, body);
                boolean made = items.put(path, item) == null;
                reply(exchange, made ? 201 : 200, new String(item));
            }
            case "PATCH" -> {
                byte[] old = items.get(path);
                if (old == null) {
                    reply(exchange, 404, "{}");
                    return;
                }
                JsonNode merged = MergePatch.apply(Json.parse(old), Json.parse(body));
                items.put(path, Json.bytes(merged));
                reply(exchange, 200, Json.text(merged));
            }
            case "DELETE" -> reply(exchange, items.remove(path) == null ? 404 : 204, "");
            default -> reply(exchange, 405, "");
        }
    }

    /** Applies a PUT: the id stays. */
    byte[] apply(String path, byte[] body) {
        return items.put(path, item(path, body));
    }

    private static byte[] item(String path, byte[] body) {
        ObjectNode item = (ObjectNode) Json.parse(body);
        String id = path.substring(path.lastIndexOf('/') + 1);
        if (id.matches("[0-9]+")) item.put("id", Integer.parseInt(id));
        return Json.bytes(item);
    }

    static void reply(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        if (bytes.length > 0 && !exchange.getResponseHeaders().containsKey("Content-Type"))
            exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, status == 204 || bytes.length == 0 ? -1 : bytes.length);
        if (status != 204 && bytes.length > 0) exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
