package io.eventful.channel;

import io.eventful.event.Causes;
import io.eventful.event.Event;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Publishes the body, an event or a list of events. The exchange goes on when the event's publication is durable and the broker has acknowledged
 * it; its body is then what was published, with final ids.
 */
final class ChannelProducer extends DefaultAsyncProducer {

    private final ChannelEndpoint endpoint;

    ChannelProducer(ChannelEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /** Who listens at the broker itself may come before the first event. */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
        endpoint.channels().open(endpoint.name());
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        List<Event> events;
        try {
            events = EventBody.all(exchange, endpoint.name()).stream()
                    .map(event -> event.onChannel(endpoint.name()))
                    .toList();
        } catch (RuntimeException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        Object published = exchange.getMessage().getBody() instanceof List<?> ? events : events.getFirst();
        publish(events).whenComplete((ok, failure) -> {
            if (failure == null) exchange.getMessage().setBody(published);
            else exchange.setException(Causes.of(failure));
            callback.done(false);
        });
        return false;
    }

    /** All are sent at once, in order; a repeat of those that came through is recognised by their ids. */
    private CompletionStage<Void> publish(List<Event> events) {
        if (events.size() == 1) return endpoint.channels().publish(endpoint.name(), events.getFirst());
        return CompletableFuture.allOf(events.stream()
                .map(event ->
                        endpoint.channels().publish(endpoint.name(), event).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }
}
