package io.eventful.exchange;

import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

/** The step of a route that an exchange has reached, as messages for the author of the route tell it. */
public final class RouteStep {

    private RouteStep() {}

    /** The route and the step, by its place in the file, such as {@code route orders, step to at routes/orders.yaml:12}. */
    public static String of(Exchange exchange) {
        String route = "route " + ExchangeHelper.getAtRouteId(exchange);
        String id = exchange.getExchangeExtension().getHistoryNodeId();
        if (id == null) return route;
        ProcessorDefinition<?> step =
                exchange.getContext() instanceof ModelCamelContext model ? model.getProcessorDefinition(id) : null;
        if (step == null) return route + ", step " + id;
        // A generated id counts the steps of all routes that were ever loaded, so nobody finds it in the file.
        String name = step.hasCustomIdAssigned() ? id : step.getShortName();
        String place = place(step);
        return route + ", step " + (place == null ? id : name + " at " + place);
    }

    /** Camel counts the lines of a YAML file from 0. */
    private static @Nullable String place(NamedNode step) {
        String location = step.getLocation();
        if (location == null || step.getLineNumber() < 0) return null;
        return location.replaceFirst("^(file|mem):", "") + ':' + (step.getLineNumber() + 1);
    }
}
