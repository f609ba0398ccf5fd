package io.eventful.delivery;

import io.eventful.event.Causes;
import io.eventful.event.Event;
import io.eventful.event.EventJson;
import io.eventful.event.JsonFormatException;
import io.eventful.exchange.RouteStep;
import java.io.IOException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Hands the exchange's event to the fan-out; the exchange goes on when every delivery is done or recorded. */
final class SubscribersProducer extends DefaultAsyncProducer {

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
                if (failure != null) exchange.setException(Causes.of(failure));
                callback.done(false);
            });
            return false;
        } catch (RuntimeException refused) {
            exchange.setException(refused);
            callback.done(true);
            return true;
        }
    }

    private Event event(Exchange exchange) {
        try {
            return EventJson.ofBody(exchange.getMessage().getBody());
        } catch (JsonFormatException none) {
            throw refused(exchange, "is " + none.getMessage());
        } catch (IOException unreadable) {
            throw refused(exchange, "cannot be read");
        }
    }

    private IllegalArgumentException refused(Exchange exchange, String what) {
        return new IllegalArgumentException(RouteStep.of(exchange) + ": the body for subscribers:" + channel + " "
                + what + "; render the change first (transformDataType: {toType: \"event:state\"})");
    }
}
