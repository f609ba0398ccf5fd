package io.eventful.routes;

import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.seda.SedaConsumer;
import org.apache.camel.processor.WireTapProcessor;
import org.apache.camel.processor.aggregate.AggregateProcessor;
import org.apache.camel.spi.RouteStartupOrder;

/**
 * What goes on beside the exchanges that a captured change or an event of a channel waits for: wire taps, {@code seda:}
 * queues, and aggregates that are completed in a while.
 */
final class Aside {

    /** An aggregate that is completed later than this is waited for by nobody. */
    private static final long SOON_MILLIS = 10_000;

    private Aside() {}

    /** How many exchanges are under way, or wait. */
    static int pending(CamelContext context) {
        int pending = 0;
        for (RouteStartupOrder route : context.getCamelContextExtension().getRouteStartupOrder()) {
            for (Service service : route.getServices()) pending += pending(service);
            // A queue no longer counts what its consumer has taken and works on.
            if (route.getInput() instanceof SedaConsumer)
                pending += context.getInflightRepository().size(route.getRoute().getRouteId());
        }
        return pending;
    }

    private static int pending(Service service) {
        return switch (service) {
            case WireTapProcessor tap -> tap.getPendingExchangesSize();
            case SedaConsumer queue -> queue.getPendingExchangesSize();
            case AggregateProcessor aggregate -> pending(aggregate);
            default -> 0;
        };
    }

    private static int pending(AggregateProcessor aggregate) {
        boolean soon = isSoon(aggregate.getCompletionTimeout()) || isSoon(aggregate.getCompletionInterval());
        Set<String> open = soon ? aggregate.getAggregationRepository().getKeys() : Set.of();
        return aggregate.getInProgressCompleteExchanges() + (open == null ? 0 : open.size());
    }

    private static boolean isSoon(long millis) {
        return millis > 0 && millis <= SOON_MILLIS;
    }
}
