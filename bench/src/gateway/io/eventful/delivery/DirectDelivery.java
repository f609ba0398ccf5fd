package io.eventful.delivery;

import io.eventful.cli.BenchGateway;
import io.eventful.event.Event;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Delivery without the channel before it, and its HTTP client without delivery. */
public final class DirectDelivery {

    private final FanOut fanOut;
    private final WebhookClient client;

    public DirectDelivery(BenchGateway gateway) {
        fanOut = gateway.part(FanOut.class);
        client = gateway.part(WebhookClient.class);
    }

    /** Completes when every delivery has succeeded, or is recorded. */
    public CompletableFuture<Void> deliver(String channel, Event event) {
        return fanOut.deliver(channel, event).toCompletableFuture();
    }

    /** What a loop around the client would send. */
    public CompletableFuture<Void> bare(List<URI> sinks, String id, byte[] body) {
        Map<String, String> headers = Map.of("Content-Type", "application/json", "ce-id", id);
        return CompletableFuture.allOf(sinks.stream()
                .map(sink -> client.send(new WebhookRequest("POST", sink, headers, body), Duration.ofSeconds(15)))
                .toArray(CompletableFuture[]::new));
    }
}
