package io.eventful.view;

import io.eventful.event.Causes;
import io.eventful.event.Event;
import io.eventful.event.EventJson;
import io.eventful.event.JsonFormatException;
import io.eventful.exchange.RouteStep;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/** Projects the event of the exchange into the view; the exchange continues when it is durable. */
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
            if (failure != null) exchange.setException(Causes.of(failure));
            callback.done(false);
        });
        return false;
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
        return new IllegalArgumentException(RouteStep.of(exchange) + ": the body for view:" + endpoint.name() + " "
                + what + "; render the change first (transformDataType: {toType: \"event:state\"})");
    }
}
