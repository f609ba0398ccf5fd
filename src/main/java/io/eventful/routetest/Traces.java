package io.eventful.routetest;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.NamedRoute;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Sees every step of every route: which there are, and which a test reaches. */
final class Traces implements InterceptStrategy {

    private final Coverage coverage;
    private final Timeline timeline;

    Traces(Coverage coverage, Timeline timeline) {
        this.coverage = coverage;
        this.timeline = timeline;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode node, Processor target, Processor nextTarget) {
        Coverage.Step step = step(node);
        coverage.known(step);
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                coverage.reached(step);
                timeline.add("route " + step.route() + ": " + step.what());
                return super.process(exchange, callback);
            }
        };
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
