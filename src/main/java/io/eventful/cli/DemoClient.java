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

/** The client of the demo: calls through the gateway, creates a subscription, and reads the live tail. */
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

    /** Makes a call through the gateway and returns the reply as one line. */
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

    /** Creates a subscription to the channel customers and returns its secret. */
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
            throw new CommandException("the gateway rejected the subscription of the demo: " + reply.body());
        }
        return json.readTree(reply.body()).at("/config/secret").asText();
    }

    /** Connects to the live tail; returns when the gateway has accepted the connection. */
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

    /** The data of a published event, from the live tail. */
    String event(String id, Duration wait) throws InterruptedException, ExecutionException {
        try {
            return of(id).get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return "(not in the live tail)";
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
