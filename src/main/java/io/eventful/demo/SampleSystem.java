package io.eventful.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A sample REST system with customers, without any support for events. */
public final class SampleSystem implements AutoCloseable {

    private static final String COLLECTION = "/customers";

    private final ObjectMapper json = new ObjectMapper();
    private final Map<Integer, ObjectNode> customers = new ConcurrentSkipListMap<>();
    private final AtomicInteger ids = new AtomicInteger(41);
    private final HttpServer server;

    /** Starts on a free port of the loopback interface. */
    public SampleSystem() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** Base URL, without a trailing slash. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            if (path.equals(COLLECTION)) {
                collection(exchange, body);
            } else if (path.matches(COLLECTION + "/\\d{1,9}")) {
                item(exchange, Integer.parseInt(path.substring(COLLECTION.length() + 1)), body);
            } else {
                answer(exchange, 404, null);
            }
        }
    }

    private void collection(HttpExchange exchange, byte[] body) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "GET" -> answer(exchange, 200, json.valueToTree(customers.values()));
            case "POST" -> {
                Optional<ObjectNode> sent = object(body);
                if (sent.isEmpty()) {
                    answer(exchange, 400, null);
                    return;
                }
                int id = ids.incrementAndGet();
                ObjectNode customer = json.createObjectNode().put("id", id);
                customer.setAll(sent.get());
                customers.put(id, customer);
                exchange.getResponseHeaders().set("Location", COLLECTION + "/" + id);
                answer(exchange, 201, customer);
            }
            default -> answer(exchange, 405, null);
        }
    }

    private void item(HttpExchange exchange, int id, byte[] body) throws IOException {
        @Nullable ObjectNode present = customers.get(id);
        switch (exchange.getRequestMethod()) {
            case "GET" -> answer(exchange, present == null ? 404 : 200, present);
            case "PUT" -> {
                Optional<ObjectNode> sent = object(body);
                if (sent.isEmpty()) {
                    answer(exchange, 400, null);
                    return;
                }
                ObjectNode customer = json.createObjectNode().put("id", id);
                customer.setAll(sent.get());
                customers.put(id, customer);
                answer(exchange, present == null ? 201 : 200, customer);
            }
            case "DELETE" -> answer(exchange, customers.remove(id) == null ? 404 : 204, null);
            default -> answer(exchange, 405, null);
        }
    }

    /** Empty if it is not a JSON object. */
    private Optional<ObjectNode> object(byte[] body) {
        try {
            return json.readTree(body) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void answer(HttpExchange exchange, int status, @Nullable JsonNode body) throws IOException {
        if (body == null) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
