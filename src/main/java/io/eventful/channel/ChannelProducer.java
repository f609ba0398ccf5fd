package io.eventful.channel;

import io.eventful.event.Event;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Publishes the body. The exchange goes on when the event's publication is durable and the broker has acknowledged
 * it; its body is then the event as it was published, with its final id.
 */
final class ChannelProducer extends DefaultAsyncProducer {

    private final ChannelEndpoint endpoint;

    ChannelProducer(ChannelEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Event event;
        try {
            event = EventBody.of(exchange, endpoint.name()).onChannel(endpoint.name());
        } catch (RuntimeException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        endpoint.channels().publish(endpoint.name(), event).whenComplete((ok, failure) -> {
            if (failure == null) exchange.getMessage().setBody(event);
            else exchange.setException(Failures.cause(failure));
            callback.done(false);
        });
        return false;
    }
}
