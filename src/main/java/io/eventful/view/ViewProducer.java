package io.eventful.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Event;
import io.eventful.event.EventJson;
import io.eventful.event.Json;
import io.eventful.event.JsonFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/** Hands the exchange's event to the view; the exchange goes on when it is durable there. */
final class ViewProducer extends DefaultAsyncProducer {

    private final ViewEndpoint endpoint;
    private Views.@Nullable Registration registration;

    ViewProducer(ViewEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        registration = endpoint.views()
                .register(
                        endpoint.name(),
                        endpoint.options(),
                        new LazySources(() -> RouteSources.of(endpoint.getCamelContext(), endpoint.name())));
    }

    @Override
    protected void doStop() throws Exception {
        Views.Registration mine = registration;
        registration = null;
        if (mine != null) mine.close();
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<Void> written;
        try {
            Views.Registration mine = registration;
            if (mine == null) throw new IllegalStateException("view:" + endpoint.name() + " does not run");
            written = mine.project(event(exchange)).toCompletableFuture();
        } catch (RuntimeException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        var unused = written.whenComplete((ok, failure) -> {
            if (failure != null)
                exchange.setException(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure);
            callback.done(false);
        });
        return false;
    }

    private Event event(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        try {
            return switch (body) {
                case Event event -> event;
                case String text -> EventJson.read(text.getBytes(StandardCharsets.UTF_8));
                case byte[] bytes -> EventJson.read(bytes);
                case InputStream stream -> EventJson.read(stream.readAllBytes());
                case JsonNode tree -> EventJson.read(tree);
                case Map<?, ?> map -> EventJson.read(Json.fromJava(map));
                case null, default -> throw refused(exchange, body, "");
            };
        } catch (JsonFormatException malformed) {
            throw refused(exchange, body, "; " + malformed.getMessage());
        } catch (IOException unreadable) {
            throw refused(exchange, body, "; its stream could not be read");
        }
    }

    private IllegalArgumentException refused(Exchange exchange, @Nullable Object body, String why) {
        return new IllegalArgumentException("route " + exchange.getFromRouteId() + ", view:" + endpoint.name()
                + ": the body (" + (body == null ? "none" : body.getClass().getSimpleName())
                + ") is neither an event nor a structured CloudEvent" + why
                + "; render the change first (transformDataType: {toType: \"event:state\"})");
    }
}
