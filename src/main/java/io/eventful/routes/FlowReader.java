package io.eventful.routes;

import io.eventful.routes.RouteFlows.EventKind;
import io.eventful.routes.RouteFlows.Flow;
import io.eventful.routes.RouteFlows.Use;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.LoadBalanceDefinition;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.OtherwiseDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.StopDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.TransformDataTypeDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Static analysis of the event flow: follows events from the {@code from:} of each route through the rendering steps to
 * the channels that they are sent to. At a decision, all branches are followed, so the result may contain too many event
 * types but none is missing, except for endpoints that are known only at runtime.
 */
final class FlowReader {

    /** Exchange property with which a step sets another event type. */
    private static final String EVENT_TYPE = "event.type";

    /** Steps whose own steps only some events, or none, come to. */
    private static final Set<String> DECISIONS =
            Set.of("aggregate", "filter", "idempotentConsumer", "onException", "sample");

    private final CamelContext context;
    private final List<RouteDefinition> routes;
    private final Map<String, RouteDefinition> called = new HashMap<>();
    private final FlowTable table = new FlowTable();
    private final Deque<String> path = new ArrayDeque<>();
    /** For each step that is being followed and has clauses: the events so far, each of which may come to the clauses. */
    private final Deque<Set<EventKind>> soFar = new ArrayDeque<>();

    private final FlowTrace trace = new FlowTrace();
    private final FlowEndings endings;

    FlowReader(CamelContext context, List<RouteDefinition> routes) {
        this.context = context;
        this.routes = routes;
        for (RouteDefinition route : routes) {
            Address from = from(route);
            if (from.scheme().equals("direct")) called.put(from.name(), route);
        }
        this.endings = new FlowEndings(context, called);
    }

    List<Flow> read() {
        int before;
        // What one route sends to a channel or queue is the input of another route, so the analysis is repeated until
        // it finds nothing new (fixed point).
        do {
            before = table.size();
            for (RouteDefinition route : routes) follow(route);
        } while (table.size() > before);
        return table.flows();
    }

    /**
     * Follows only the events with which some routes begin, through all routes that they may come to.
     *
     * @param begin ids of the routes
     */
    List<RouteHop> trace(Collection<String> begin, Set<EventKind> first) {
        int before;
        do {
            before = table.size() + trace.size();
            for (RouteDefinition route : routes) {
                boolean begins = begin.contains(route.getRouteId());
                String queue = from(route).queue();
                Set<EventKind> events = begins ? first : table.arriving(queue);
                if (events.isEmpty()) continue;
                int depth = trace.depth();
                if (!begins && !trace.isCertain(queue)) trace.enter("what comes to " + queue);
                steps(route.getRouteId(), route.getOutputs(), events);
                trace.leave(depth);
            }
        } while (table.size() + trace.size() > before);
        return trace.hops();
    }

    private void follow(RouteDefinition route) {
        Address from = from(route);
        Set<EventKind> first = switch (from.scheme()) {
            case "direct" -> Set.<EventKind>of();
            case "capture" -> EventKinds.captured(from);
            case "webhook-in" -> Set.of(new EventKind(from.options().getOrDefault("provider", "*") + ".*", ""));
            case "channel", "seda" -> table.arriving(from.queue());
            default -> Set.of(EventKind.ANYTHING);
        };
        if (from.scheme().equals("channel")) {
            // Other clients may publish on the channel.
            if (first.isEmpty()) first = Set.of(EventKind.ANYTHING);
            table.note(Use.READS, from.name(), route.getRouteId(), first);
        }
        if (!from.scheme().equals("direct")) steps(route.getRouteId(), route.getOutputs(), first);
    }

    private Set<EventKind> steps(
            String route, Collection<? extends ProcessorDefinition<?>> steps, Set<EventKind> events) {
        Set<EventKind> now = events;
        int depth = trace.depth();
        for (ProcessorDefinition<?> step : steps) {
            if ("true".equals(step.getDisabled())) continue;
            // What follows in this list is never reached.
            if (step instanceof StopDefinition) break;
            now = step(route, step, now);
            for (Set<EventKind> all : soFar) all.addAll(now);
            if (endings.mayEnd(step)) trace.enter("not ended by " + FlowTrace.decision(step));
        }
        trace.leave(depth);
        return now;
    }

    private Set<EventKind> step(String route, ProcessorDefinition<?> step, Set<EventKind> events) {
        return switch (step) {
            case TransformDataTypeDefinition transform -> EventKinds.rendered(transform.getToType(), events);
            case SetPropertyDefinition property
            when EVENT_TYPE.equals(property.getName()) -> EventKinds.typed(property.getExpression(), events);
            case SendDefinition<?> send -> sent(route, send.getEndpointUri(), events);
            case RecipientListDefinition<?> list -> listed(route, list.getExpression(), list.getDelimiter(), events);
            case RoutingSlipDefinition<?> slip -> listed(route, slip.getExpression(), slip.getUriDelimiter(), events);
            case ToDynamicDefinition send -> sent(route, send.getUri(), events);
            case ChoiceDefinition choice -> chosen(route, choice, events);
            case MulticastDefinition multicast -> {
                for (ProcessorDefinition<?> branch : multicast.getOutputs()) steps(route, List.of(branch), events);
                yield events;
            }
            case LoadBalanceDefinition balancer -> {
                Set<EventKind> all = new HashSet<>(events);
                for (ProcessorDefinition<?> branch : balancer.getOutputs())
                    all.addAll(decided(route, balancer, List.of(branch), events));
                yield all;
            }
            default -> within(route, step, events);
        };
    }

    private Set<EventKind> within(String route, ProcessorDefinition<?> step, Set<EventKind> events) {
        List<Clause> clauses = Clause.of(step);
        Set<EventKind> all = new HashSet<>(events);
        if (!clauses.isEmpty()) soFar.push(all);
        Set<EventKind> after = DECISIONS.contains(step.getShortName())
                ? decided(route, step, step.getOutputs(), events)
                : steps(route, step.getOutputs(), events);
        if (!clauses.isEmpty()) soFar.pop();
        all.addAll(after);
        for (Clause clause : clauses) {
            Set<EventKind> before = Set.copyOf(all);
            all.addAll(
                    clause.isForAll()
                            ? steps(route, clause.steps(), before)
                            : decided(route, clause.head(), clause.steps(), before));
        }
        return all;
    }

    /** The steps within a step that only some events, or none, come to. */
    private Set<EventKind> decided(
            String route,
            OptionalIdentifiedDefinition<?> step,
            Collection<? extends ProcessorDefinition<?>> within,
            Set<EventKind> events) {
        int depth = trace.depth();
        trace.enter(FlowTrace.decision(step));
        Set<EventKind> after = steps(route, within, events);
        trace.leave(depth);
        return after;
    }

    /** Endpoints of a recipient list or routing slip, if the expression is a constant. */
    private Set<EventKind> listed(
            String route, ExpressionDefinition uris, @Nullable String delimiter, Set<EventKind> events) {
        if (!EventKinds.fixed(uris)) {
            trace.hop(route, RouteHop.Kind.OTHER, String.valueOf(uris.getExpression()), events);
            return events;
        }
        Set<EventKind> all = new HashSet<>(events);
        for (String uri : uris.getExpression().split(Pattern.quote(delimiter == null ? "," : delimiter)))
            all.addAll(sent(route, uri.strip(), events));
        return all;
    }

    private Set<EventKind> chosen(String route, ChoiceDefinition choice, Set<EventKind> events) {
        Set<EventKind> all = new HashSet<>();
        for (WhenDefinition when : choice.getWhenClauses()) all.addAll(decided(route, when, when.getOutputs(), events));
        OtherwiseDefinition otherwise = choice.getOtherwise();
        all.addAll(otherwise == null ? events : decided(route, otherwise, otherwise.getOutputs(), events));
        return all;
    }

    private Set<EventKind> sent(String route, String uri, Set<EventKind> events) {
        Address to = Address.of(context, uri);
        switch (to.scheme()) {
            case "channel" -> {
                trace.hop(route, RouteHop.Kind.CHANNEL, to.name(), events);
                table.note(Use.WRITES, to.name(), route, events);
                arrive(to, events);
            }
            case "seda" -> arrive(to, events);
            case "subscribers" -> {
                trace.hop(route, RouteHop.Kind.SUBSCRIBERS, to.name(), events);
                table.note(Use.DELIVERS, to.name(), route, events);
            }
            case "view" -> trace.hop(route, RouteHop.Kind.VIEW, to.name(), events);
            case "direct" -> {
                RouteDefinition next = called.get(to.name());
                if (next == null || path.contains(to.name())) return events;
                path.push(to.name());
                Set<EventKind> back = steps(next.getRouteId(), next.getOutputs(), events);
                path.pop();
                return back;
            }
            default -> trace.hop(route, RouteHop.Kind.OTHER, uri, events);
        }
        return events;
    }

    private void arrive(Address queue, Set<EventKind> events) {
        trace.arrives(queue.queue());
        table.arrive(queue.queue(), events);
    }

    private Address from(RouteDefinition route) {
        return Address.of(context, route.getInput().getEndpointUri());
    }
}
