package io.eventful.receive;

import io.eventful.event.Change;
import io.eventful.exchange.ChangeExchange;
import java.util.function.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Registers its route while it runs, and gives it an exchange for each receipt. Camel suspends it before it stops the
 * route: nothing comes in any more, while the steps still run and complete what they hold, such as an aggregate.
 */
final class WebhookInConsumer extends DefaultConsumer implements Suspendable {

    private final WebhookInEndpoint endpoint;
    private final Receipts receipts;
    private @Nullable ReceiveRoute registered;

    WebhookInConsumer(WebhookInEndpoint endpoint, Processor processor, Receipts receipts) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.receipts = receipts;
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
        ReceiveRoute route = new ReceiveRoute(getRouteId(), endpoint.path(), endpoint.options(), this::receive);
        receipts.register(route);
        registered = route;
    }

    private void leave() {
        ReceiveRoute route = registered;
        registered = null;
        if (route != null) receipts.unregister(route);
    }

    private void receive(Change change, Consumer<@Nullable Throwable> done) {
        ChangeExchange.process(this, change, done);
    }
}
