package io.eventful.delivery;

import io.eventful.event.Event;
import io.eventful.event.EventJson;
import io.eventful.event.JsonFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/** Hands the exchange's event to the fan-out; the exchange goes on when every delivery is done or recorded. */
final class SubscribersProducer extends DefaultAsyncProducer {

    private static final com.fasterxml.jackson.databind.ObjectMapper JSON =
            new com.fasterxml.jackson.databind.ObjectMapper();

    private final String channel;
    private final FanOut fanOut;

    SubscribersProducer(Endpoint endpoint, String channel, FanOut fanOut) {
        super(endpoint);
        this.channel = channel;
        this.fanOut = fanOut;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            var delivered = fanOut.deliver(channel, event(exchange)).toCompletableFuture();
            if (delivered.isDone() && !delivered.isCompletedExceptionally()) {
                callback.done(true);
                return true;
            }
            delivered.whenComplete((ignored, failure) -> {
                if (failure != null) exchange.setException(unwrapped(failure));
                callback.done(false);
            });
            return false;
        } catch (RuntimeException refused) {
            exchange.setException(refused);
            callback.done(true);
            return true;
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private Event event(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        try {
            return switch (body) {
                case Event event -> event;
                case String text -> EventJson.read(text.getBytes(StandardCharsets.UTF_8));
                case byte[] bytes -> EventJson.read(bytes);
                case InputStream stream -> EventJson.read(stream.readAllBytes());
                case com.fasterxml.jackson.databind.JsonNode tree -> EventJson.read(tree);
                case Map<?, ?> map -> EventJson.read(JSON.<com.fasterxml.jackson.databind.JsonNode>valueToTree(map));
                case null, default -> throw refused(exchange, body, "");
            };
        } catch (JsonFormatException malformed) {
            throw refused(exchange, body, "; " + malformed.getMessage());
        } catch (IOException unreadable) {
            throw refused(exchange, body, "; its stream could not be read");
        }
    }

    private IllegalArgumentException refused(Exchange exchange, @Nullable Object body, String why) {
        String node = exchange.getExchangeExtension().getHistoryNodeId();
        return new IllegalArgumentException("route " + exchange.getFromRouteId() + ", node "
                + (node == null ? "subscribers:" + channel : node) + ": the body ("
                + (body == null ? "none" : body.getClass().getSimpleName())
                + ") is neither an event nor a structured CloudEvent" + why
                + "; render the change first (transformDataType: {toType: \"event:state\"})");
    }
}
