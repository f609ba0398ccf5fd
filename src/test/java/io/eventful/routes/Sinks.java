package io.eventful.routes;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Endpoints of subscribers, one for each path: they take everything, and keep the header fields. */
final class Sinks implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, List<Map<String, String>>> received = new ConcurrentHashMap<>();

    Sinks() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            at(exchange.getRequestURI().getPath())
                    .add(exchange.getRequestHeaders().entrySet().stream()
                            .collect(Collectors.toMap(
                                    field -> field.getKey().toLowerCase(Locale.ROOT),
                                    field -> String.join(",", field.getValue()))));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    /** What came to a path: header fields by lower-case name. */
    List<Map<String, String>> at(String path) {
        return received.computeIfAbsent(path, first -> new CopyOnWriteArrayList<>());
    }

    /** A subscription document for a path. */
    String subscription(String path, String more) {
        return "{\"sink\":\"http://127.0.0.1:" + server.getAddress().getPort() + path + "\",\"protocol\":\"HTTP\","
                + more + "}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
