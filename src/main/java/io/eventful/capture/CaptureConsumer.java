package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.exchange.ChangeExchange;
import io.eventful.exchange.SuspendableConsumer;
import java.util.function.Consumer;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** Registers its route while it runs, and gives it an exchange for each change. */
final class CaptureConsumer extends SuspendableConsumer {

    private final CaptureEndpoint endpoint;
    private final Captures captures;
    private @Nullable CaptureRoute registered;

    CaptureConsumer(CaptureEndpoint endpoint, Processor processor, Captures captures) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.captures = captures;
    }

    @Override
    protected void enter() {
        CaptureRoute route = new CaptureRoute(getRouteId(), endpoint.template(), endpoint.options(), this::receive);
        captures.register(route);
        registered = route;
    }

    @Override
    protected void leave() {
        CaptureRoute route = registered;
        registered = null;
        if (route != null) captures.unregister(route);
    }

    private void receive(Change change, Consumer<@Nullable Throwable> done) {
        ChangeExchange.process(this, change, done);
    }
}
