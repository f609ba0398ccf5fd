package io.eventful.receive;

import io.eventful.event.Change;
import io.eventful.exchange.ChangeExchange;
import io.eventful.exchange.SuspendableConsumer;
import java.util.function.Consumer;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** Registers its route while it runs, and gives it an exchange for each receipt. */
final class WebhookInConsumer extends SuspendableConsumer {

    private final WebhookInEndpoint endpoint;
    private final Receipts receipts;
    private @Nullable ReceiveRoute registered;

    WebhookInConsumer(WebhookInEndpoint endpoint, Processor processor, Receipts receipts) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.receipts = receipts;
    }

    @Override
    protected void enter() {
        ReceiveRoute route = new ReceiveRoute(getRouteId(), endpoint.path(), endpoint.options(), this::receive);
        receipts.register(route);
        registered = route;
    }

    @Override
    protected void leave() {
        ReceiveRoute route = registered;
        registered = null;
        if (route != null) receipts.unregister(route);
    }

    private void receive(Change change, Consumer<@Nullable Throwable> done) {
        ChangeExchange.process(this, change, done);
    }
}
