package io.eventful.routetest;

import io.eventful.event.Event;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.NamedRoute;
import org.apache.camel.Processor;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Sees every step of every route: which there are, and which a test reaches. */
final class Traces implements InterceptStrategy {

    private final Coverage coverage;
    private final Timeline timeline;
    private final Holdback holdback;

    Traces(Coverage coverage, Timeline timeline, Holdback holdback) {
        this.coverage = coverage;
        this.timeline = timeline;
        this.holdback = holdback;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode node, Processor target, Processor nextTarget) {
        Coverage.Step step = step(node);
        coverage.known(step);
        // Later steps may run on threads that others wait for.
        boolean first = node.getParent() instanceof RouteDefinition route
                && route.getOutputs().getFirst() == node;
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                if (first) begins(exchange);
                coverage.reached(step);
                timeline.add("route " + step.route() + ": " + step.what());
                return super.process(exchange, callback);
            }
        };
    }

    private void begins(Exchange exchange) {
        Origin origin = Origin.of(exchange);
        if (Holdback.BACKGROUND.contains(origin.scheme())) holdback.pass();
        if (origin.scheme().equals("channel") && exchange.getMessage().getBody() instanceof Event event)
            timeline.consumed(origin.name(), event);
    }

    /** Where an exchange comes from: the endpoint without its options. */
    private record Origin(String scheme, String name) {
        static Origin of(Exchange exchange) {
            String uri = exchange.getFromEndpoint() == null
                    ? ":"
                    : exchange.getFromEndpoint().getEndpointUri();
            String[] parts = uri.split("\\?", 2)[0].split(":/{0,2}", 2);
            return new Origin(parts[0], parts.length > 1 ? parts[1] : "");
        }
    }

    private static Coverage.Step step(NamedNode node) {
        NamedNode at = node;
        while (at != null && !(at instanceof NamedRoute)) at = at.getParent();
        String route = at instanceof NamedRoute named ? named.getRouteId() : "";
        String location = node.getLocation() == null ? "" : node.getLocation();
        String file = location.substring(location.lastIndexOf('/') + 1);
        // Some labels end with the identity of an object.
        String what = node.getLabel().replaceAll("\\[[^\\]]*@[0-9a-f]+]", "");
        return new Coverage.Step(route, what, file, node.getLineNumber());
    }
}
