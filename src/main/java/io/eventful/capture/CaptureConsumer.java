package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.exchange.ChangeExchange;
import java.util.function.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** Registers its route while it runs, and gives it an exchange for each change. */
final class CaptureConsumer extends DefaultConsumer {

    private final CaptureEndpoint endpoint;
    private final Captures captures;
    private @Nullable CaptureRoute registered;

    CaptureConsumer(CaptureEndpoint endpoint, Processor processor, Captures captures) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.captures = captures;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        CaptureRoute route = new CaptureRoute(getRouteId(), endpoint.template(), endpoint.options(), this::receive);
        captures.register(route);
        registered = route;
    }

    @Override
    protected void doStop() throws Exception {
        CaptureRoute route = registered;
        registered = null;
        if (route != null) captures.unregister(route);
        super.doStop();
    }

    private void receive(Change change, Consumer<@Nullable Throwable> done) {
        ChangeExchange.process(this, change, done);
    }
}
