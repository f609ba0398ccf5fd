package io.eventful.capture;

import io.eventful.event.Change;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** Registers its route while it runs, and gives it an exchange for each change. */
final class CaptureConsumer extends DefaultConsumer {

    static final String SUBJECT = "CamelEventfulSubject";
    static final String ACTION = "CamelEventfulAction";
    static final String POSITION = "CamelEventfulPosition";
    static final String ROUTE = "CamelEventfulRoute";

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
        Exchange exchange = createExchange(false);
        Message message = exchange.getIn();
        message.setBody(change);
        message.setHeader(SUBJECT, change.item().subject());
        message.setHeader(ACTION, change.action());
        message.setHeader(POSITION, change.position());
        exchange.setProperty(ROUTE, getRouteId());
        getAsyncProcessor().process(exchange, doneSync -> {
            Throwable error = exchange.getException();
            if (error == null && exchange.isRollbackOnly())
                error = new RuntimeCamelException("The exchange was rolled back");
            releaseExchange(exchange, false);
            done.accept(error);
        });
    }
}
