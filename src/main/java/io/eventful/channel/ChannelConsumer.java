package io.eventful.channel;

import io.eventful.channel.Channels.Consumption;
import io.eventful.event.Event;
import io.eventful.exchange.ExchangeResult;
import io.eventful.exchange.SuspendableConsumer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Consumes a channel under the route's id. Each event is one exchange whose body is the {@link Event}; it is
 * acknowledged when the exchange is done, and tried again when it failed. The durable queue is declared when the route
 * is built, before any route of its set runs.
 */
final class ChannelConsumer extends SuspendableConsumer {

    private final ChannelEndpoint endpoint;
    private @Nullable Consumption consumption;

    ChannelConsumer(ChannelEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        // Not awaited: what this process publishes from now on is sent after the queue exists.
        endpoint.channels().declare(endpoint.name(), name());
    }

    @Override
    protected void enter() {
        consumption = endpoint.channels().consume(endpoint.name(), name(), this::receive);
    }

    @Override
    protected void leave() {
        Consumption running = consumption;
        consumption = null;
        if (running != null) running.close();
    }

    private String name() {
        String route = getRouteId();
        if (route == null) throw new IllegalStateException("channel:" + endpoint.name() + " is consumed by no route");
        return route;
    }

    private CompletionStage<Void> receive(Event event) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOnly);
        exchange.getMessage().setBody(event);
        getAsyncProcessor().process(exchange, sync -> {
            Throwable failure = ExchangeResult.failure(exchange);
            releaseExchange(exchange, false);
            if (failure == null) done.complete(null);
            else done.completeExceptionally(failure);
        });
        return done;
    }
}
