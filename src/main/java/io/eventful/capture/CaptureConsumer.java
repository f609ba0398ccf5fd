package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.exchange.ChangeExchange;
import java.util.function.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Registers its route while it runs, and gives it an exchange for each change. Camel suspends it before it stops the
 * route: nothing comes in any more, while the steps still run and complete what they hold, such as an aggregate.
 */
final class CaptureConsumer extends DefaultConsumer implements Suspendable {

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
        enter();
    }

    @Override
    protected void doStop() throws Exception {
        leave();
        super.doStop();
    }

    @Override
    protected void doSuspend() throws Exception {
        leave();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        enter();
    }

    private void enter() {
        CaptureRoute route = new CaptureRoute(getRouteId(), endpoint.template(), endpoint.options(), this::receive);
        captures.register(route);
        registered = route;
    }

    private void leave() {
        CaptureRoute route = registered;
        registered = null;
        if (route != null) captures.unregister(route);
    }

    private void receive(Change change, Consumer<@Nullable Throwable> done) {
        ChangeExchange.process(this, change, done);
    }
}
