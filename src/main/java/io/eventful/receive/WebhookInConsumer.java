package io.eventful.receive;

import io.eventful.event.Change;
import io.eventful.exchange.ChangeExchange;
import java.util.function.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** Registers its route while it runs, and gives it an exchange for each receipt. */
final class WebhookInConsumer extends DefaultConsumer {

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
        ReceiveRoute route = new ReceiveRoute(getRouteId(), endpoint.path(), endpoint.options(), this::receive);
        receipts.register(route);
        registered = route;
    }

    @Override
    protected void doStop() throws Exception {
        ReceiveRoute route = registered;
        registered = null;
        if (route != null) receipts.unregister(route);
        super.doStop();
    }

    private void receive(Change change, Consumer<@Nullable Throwable> done) {
        ChangeExchange.process(this, change, done);
    }
}
