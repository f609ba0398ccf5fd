package io.eventful.routes;

import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.seda.SedaConsumer;
import org.apache.camel.processor.WireTapProcessor;
import org.apache.camel.processor.aggregate.AggregateProcessor;
import org.apache.camel.spi.RouteStartupOrder;

/**
 * Counts exchanges that run in the background, independent of the change or event that started them: wire taps,
 * {@code seda:} queues, and pending aggregates. Route tests wait for them.
 */
final class BackgroundExchanges {

    /** Aggregates that complete later than this are not counted. */
    private static final long SOON_MILLIS = 10_000;

    private BackgroundExchanges() {}

    /** Number of running or waiting exchanges. */
    static int pending(CamelContext context) {
        int pending = 0;
        for (RouteStartupOrder route : context.getCamelContextExtension().getRouteStartupOrder()) {
            for (Service service : route.getServices()) pending += pending(service);
            // The size of a queue does not include the exchange that its consumer is processing.
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
