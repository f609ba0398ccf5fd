package io.eventful.routes;

import io.eventful.edge.Call;
import io.eventful.edge.Handler;
import io.eventful.edge.Matcher;
import io.eventful.routes.RouteFlows.EventKind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.spring.SpringCamelContext;

/** A set of routes as a gateway would load it, of which none is started; says what the routes would do. */
public final class RouteSurvey implements AutoCloseable {

    private final SpringCamelContext context;
    private final List<LoadedRoute> routes;
    private final List<RouteProblem> problems;
    private final RestTable rest;

    RouteSurvey(SpringCamelContext context, List<LoadedRoute> routes, List<RouteProblem> problems, RestTable rest) {
        this.context = context;
        this.routes = routes;
        this.problems = problems;
        this.rest = rest;
    }

    /**
     * Where a route is written.
     *
     * @param line line of its beginning; 0 if not known
     */
    public record Origin(String id, String file, int line) {}

    /**
     * A route of the {@code rest:} DSL answers the request. A marker, which serves no call.
     *
     * @param route id of the route; empty if the path has no route for the method
     */
    public record Answered(Optional<String> route) implements Handler {
        @Override
        public void handle(Call call) {
            throw new UnsupportedOperationException("a survey serves no calls");
        }
    }

    /** Errors first; a gateway does not load a set with an error. */
    public List<RouteProblem> problems() {
        return problems;
    }

    /** Whether a gateway would load the set. */
    public boolean isSound() {
        return problems.stream().noneMatch(RouteProblem::isError);
    }

    /** Where a route is written. */
    public Origin origin(String id) {
        String file = routes.stream()
                .filter(route -> route.id().equals(id))
                .map(LoadedRoute::file)
                .findFirst()
                .orElse("");
        RouteDefinition definition = context.getRouteDefinition(id);
        return new Origin(id, file, definition == null ? 0 : Math.max(0, definition.getLineNumber()));
    }

    /** The Camel endpoint that each route begins with, by the id of the route; without routes that do not start by themselves. */
    public Map<String, Object> sources() {
        Map<String, Object> sources = new LinkedHashMap<>();
        for (LoadedRoute route : routes) {
            if (route.startup() == LoadedRoute.Startup.MANUAL) continue;
            RouteDefinition definition = context.getRouteDefinition(route.id());
            if (definition == null || definition.getInput() == null) continue;
            Endpoint endpoint = context.getEndpoint(definition.getInput().getEndpointUri());
            if (endpoint instanceof CheckOnlyEndpoint stand) endpoint = stand.real();
            if (endpoint != null) sources.put(route.id(), endpoint);
        }
        return sources;
    }

    /** Ids of the routes that only start on command ({@code autoStartup: false}). */
    public List<String> notStarted() {
        return routes.stream()
                .filter(route -> route.startup() == LoadedRoute.Startup.MANUAL)
                .map(LoadedRoute::id)
                .toList();
    }

    /** The matcher of the {@code rest:} endpoints; what it finds is {@link Answered}. */
    public Matcher endpoints() {
        return head -> rest.match(head) == null
                ? null
                : new Answered(rest.find(head).map(consumer -> String.valueOf(consumer.getRouteId())));
    }

    /**
     * The steps that send on the events with which some routes begin, also those of the routes that they come to.
     *
     * @param begin ids of the routes
     */
    public List<RouteHop> trace(Collection<String> begin, Set<EventKind> events) {
        List<RouteDefinition> running = context.getRouteDefinitions().stream()
                .filter(route -> !notStarted().contains(route.getRouteId()))
                .toList();
        return new FlowReader(context, running).trace(begin, events);
    }

    /** Whether a step may give events another subject. */
    public boolean changesSubjects() {
        return context.getRouteDefinitions().stream()
                .flatMap(route ->
                        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), SetPropertyDefinition.class)
                                .stream())
                .anyMatch(step -> "event.subject".equals(step.getName()));
    }

    @Override
    public void close() {
        context.stop();
    }
}
