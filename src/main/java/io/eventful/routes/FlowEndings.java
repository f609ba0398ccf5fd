package io.eventful.routes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RollbackDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.StopDefinition;
import org.apache.camel.model.ThrowExceptionDefinition;
import org.apache.camel.model.ValidateDefinition;

/** Finds the steps after which a route may not go on, such as a filter with a {@code stop}. */
final class FlowEndings {

    /** Steps whose own steps have a copy of the event: what ends there does not end the route. */
    private static final Set<String> COPIES = Set.of("aggregate", "multicast", "onException", "resequence", "split");

    private final CamelContext context;
    private final Map<String, RouteDefinition> called;

    /** @param called routes by the name of the {@code direct:} endpoint that they begin with */
    FlowEndings(CamelContext context, Map<String, RouteDefinition> called) {
        this.context = context;
        this.called = called;
    }

    boolean mayEnd(ProcessorDefinition<?> step) {
        return mayEnd(List.of(step), new HashSet<>());
    }

    private boolean mayEnd(Collection<? extends ProcessorDefinition<?>> steps, Set<String> visited) {
        for (ProcessorDefinition<?> step : steps) {
            if ("true".equals(step.getDisabled()) || COPIES.contains(step.getShortName())) continue;
            if (step instanceof StopDefinition
                    || step instanceof ThrowExceptionDefinition
                    || step instanceof RollbackDefinition
                    || step instanceof ValidateDefinition) return true;
            if (step instanceof SendDefinition<?> send && ends(send, visited)) return true;
            if (mayEnd(within(step), visited)) return true;
        }
        return false;
    }

    private static List<ProcessorDefinition<?>> within(ProcessorDefinition<?> step) {
        List<ProcessorDefinition<?>> all = new ArrayList<>();
        if (!(step instanceof ChoiceDefinition)) all.addAll(step.getOutputs());
        Clause.of(step).forEach(clause -> all.addAll(clause.steps()));
        return all;
    }

    private boolean ends(SendDefinition<?> send, Set<String> visited) {
        Address to = Address.of(context, send.getEndpointUri());
        RouteDefinition next = to.scheme().equals("direct") ? called.get(to.name()) : null;
        return next != null && visited.add(to.name()) && mayEnd(next.getOutputs(), visited);
    }
}
