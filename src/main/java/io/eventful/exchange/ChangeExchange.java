package io.eventful.exchange;

import io.eventful.event.Change;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** A change on its way through a route: the change is the body. */
public final class ChangeExchange {

    /** Header: the change's subject. */
    public static final String SUBJECT = "CamelEventfulSubject";

    /** Header: the change's action. */
    public static final String ACTION = "CamelEventfulAction";

    /** Header: the change's position in the ledger. */
    public static final String POSITION = "CamelEventfulPosition";

    /** Property: id of the route that the change came in at. */
    public static final String ROUTE = "CamelEventfulRoute";

    private ChangeExchange() {}

    /**
     * Gives a change to the route of a consumer, without waiting for it.
     *
     * @param done gets, on any thread, why the route has not handled the change; null when it has
     */
    public static void process(DefaultConsumer consumer, Change change, Consumer<@Nullable Throwable> done) {
        Exchange exchange = consumer.createExchange(false);
        Message message = exchange.getIn();
        message.setBody(change);
        message.setHeader(SUBJECT, change.item().subject());
        message.setHeader(ACTION, change.action());
        message.setHeader(POSITION, change.position());
        exchange.setProperty(ROUTE, consumer.getRouteId());
        consumer.getAsyncProcessor().process(exchange, doneSync -> {
            Throwable failure = ExchangeResult.failure(exchange);
            consumer.releaseExchange(exchange, false);
            done.accept(failure);
        });
    }
}
