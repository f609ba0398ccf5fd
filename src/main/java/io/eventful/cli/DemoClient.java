package io.eventful.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The demo's client: calls through the gateway, subscribes, and listens to what is published. */
final class DemoClient implements AutoCloseable {

    private static final String DATA = "data:";

    private final Gateway gateway;
    private final String key;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, CompletableFuture<String>> published = new ConcurrentHashMap<>();

    DemoClient(Gateway gateway, String key) {
        this.gateway = gateway;
        this.key = key;
    }

    /** A call through the gateway; gives the reply in a line. */
    String call(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> reply = http.send(
                HttpRequest.newBuilder(URI.create(gateway.dataAddress() + path))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return reply.statusCode() + "  " + reply.body();
    }

    /** Registers a subscription to channel customers; gives its secret. */
    String subscribe(String sink) throws IOException, InterruptedException {
        String request = json.writeValueAsString(
                Map.of("sink", sink, "protocol", "HTTP", "config", Map.of("channel", "customers")));
        HttpResponse<String> reply = http.send(
                admin("/api/subscriptions")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(request))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (reply.statusCode() != 201) {
            throw new CommandException("the gateway refused the demo's subscription: " + reply.body());
        }
        return json.readTree(reply.body()).at("/config/secret").asText();
    }

    /** Begins to listen; returns when the gateway has taken the listener. */
    void tail() throws IOException, InterruptedException {
        HttpResponse<Stream<String>> reply = http.send(admin("/api/tail").build(), HttpResponse.BodyHandlers.ofLines());
        Thread.ofVirtual().start(() -> {
            try (Stream<String> lines = reply.body()) {
                lines.filter(line -> line.startsWith(DATA)).forEach(line -> keep(line.substring(DATA.length())));
            } catch (RuntimeException e) {
                // The stream ends with the gateway.
                published.values().forEach(waiting -> waiting.completeExceptionally(e));
            }
        });
    }

    private void keep(String event) {
        try {
            JsonNode node = json.readTree(event);
            of(node.path("id").asText()).complete(node.path("data").toString());
        } catch (IOException e) {
            throw new IllegalStateException("the tail sent something that is not JSON", e);
        }
    }

    /** The data of a published event, as the gateway's tail told it. */
    String event(String id, Duration wait) throws InterruptedException, ExecutionException {
        try {
            return of(id).get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return "(not seen in the tail)";
        }
    }

    private CompletableFuture<String> of(String id) {
        return published.computeIfAbsent(id, unseen -> new CompletableFuture<>());
    }

    private HttpRequest.Builder admin(String path) {
        return HttpRequest.newBuilder(URI.create(gateway.adminAddress() + path))
                .header("Authorization", "Bearer " + key);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
