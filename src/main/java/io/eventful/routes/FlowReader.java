package io.eventful.routes;

import io.eventful.routes.RouteFlows.EventKind;
import io.eventful.routes.RouteFlows.Flow;
import io.eventful.routes.RouteFlows.Use;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.SetPropertyDefinition;
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

    private static final Pattern DYNAMIC = Pattern.compile("\\$\\{[^}]*}");

    private record Key(Use use, String channel, String route) {}

    private final CamelContext context;
    private final List<RouteDefinition> routes;
    private final Map<String, RouteDefinition> called = new HashMap<>();
    private final Map<String, Set<EventKind>> arriving = new HashMap<>();
    private final Map<Key, Set<EventKind>> found = new LinkedHashMap<>();
    private final Deque<String> path = new ArrayDeque<>();

    FlowReader(CamelContext context, List<RouteDefinition> routes) {
        this.context = context;
        this.routes = routes;
        for (RouteDefinition route : routes) {
            Address from = from(route);
            if (from.scheme().equals("direct")) called.put(from.name(), route);
        }
    }

    List<Flow> read() {
        int before;
        // What one route sends to a channel or queue is the input of another route, so the analysis is repeated until
        // it
        // finds nothing new (fixed point).
        do {
            before = size();
            for (RouteDefinition route : routes) follow(route);
        } while (size() > before);
        List<Flow> flows = new ArrayList<>();
        found.forEach((key, events) -> flows.add(new Flow(key.use(), key.channel(), key.route(), known(events))));
        return flows;
    }

    private int size() {
        return found.values().stream().mapToInt(Set::size).sum()
                + arriving.values().stream().mapToInt(Set::size).sum()
                + found.size();
    }

    /** Removes events of unknown rendering whose type is also known with a rendering. */
    private static Set<EventKind> known(Set<EventKind> events) {
        Set<String> rendered = events.stream()
                .filter(each -> !each.rendering().isEmpty())
                .map(EventKind::type)
                .collect(Collectors.toSet());
        return events.stream()
                .filter(each -> !each.rendering().isEmpty() || !rendered.contains(each.type()))
                .collect(Collectors.toSet());
    }

    private void follow(RouteDefinition route) {
        Address from = from(route);
        Set<EventKind> first = switch (from.scheme()) {
            case "direct" -> Set.<EventKind>of();
            case "capture" -> captured(from);
            case "webhook-in" -> Set.of(new EventKind(from.options().getOrDefault("provider", "*") + ".*", ""));
            case "channel", "seda" -> arriving.getOrDefault(from.queue(), Set.of());
            default -> Set.of(EventKind.ANYTHING);
        };
        if (from.scheme().equals("channel")) {
            // Other clients may publish on the channel.
            if (first.isEmpty()) first = Set.of(EventKind.ANYTHING);
            note(Use.READS, from.name(), route.getRouteId(), first);
        }
        if (!from.scheme().equals("direct")) steps(route.getRouteId(), route.getOutputs(), first);
    }

    private static Set<EventKind> captured(Address from) {
        String resource = CapturedTypes.resource(from.name(), from.options()).orElse("*");
        return CapturedTypes.actions(from.options()).stream()
                .filter(action -> !action.equals("received"))
                .map(action -> new EventKind(resource + "." + action, ""))
                .collect(Collectors.toSet());
    }

    private Set<EventKind> steps(
            String route, Collection<? extends ProcessorDefinition<?>> steps, Set<EventKind> events) {
        Set<EventKind> now = events;
        for (ProcessorDefinition<?> step : steps) if (!"true".equals(step.getDisabled())) now = step(route, step, now);
        return now;
    }

    private Set<EventKind> step(String route, ProcessorDefinition<?> step, Set<EventKind> events) {
        return switch (step) {
            case TransformDataTypeDefinition transform -> rendered(transform.getToType(), events);
            case SetPropertyDefinition property
            when EVENT_TYPE.equals(property.getName()) -> typed(property.getExpression(), events);
            case SendDefinition<?> send -> sent(route, send.getEndpointUri(), events);
            case RecipientListDefinition<?> list -> listed(route, list.getExpression(), list.getDelimiter(), events);
            case RoutingSlipDefinition<?> slip -> listed(route, slip.getExpression(), slip.getUriDelimiter(), events);
            case ToDynamicDefinition send -> sent(route, send.getUri(), events);
            case ChoiceDefinition choice -> chosen(route, choice, events);
            case MulticastDefinition multicast -> {
                for (ProcessorDefinition<?> branch : multicast.getOutputs()) steps(route, List.of(branch), events);
                yield events;
            }
            default -> {
                Set<EventKind> both = new HashSet<>(events);
                both.addAll(steps(route, step.getOutputs(), events));
                yield both;
            }
        };
    }

    private static Set<EventKind> rendered(String type, Set<EventKind> events) {
        String plain = TypeName.plain(type);
        if (!plain.startsWith(EventDataType.SCHEME + ":")) return events;
        String rendering = plain.substring(EventDataType.SCHEME.length() + 1);
        return events.stream()
                .map(each -> new EventKind(each.type(), rendering))
                .collect(Collectors.toSet());
    }

    /** The events with the type that a step sets. */
    private static Set<EventKind> typed(ExpressionDefinition type, Set<EventKind> events) {
        String known = DYNAMIC.matcher(fixed(type) ? type.getExpression() : "*").replaceAll("*");
        return events.stream()
                .map(each -> new EventKind(known, each.rendering()))
                .collect(Collectors.toSet());
    }

    private static boolean fixed(ExpressionDefinition expression) {
        return Set.of("constant", "simple").contains(expression.getLanguage());
    }

    /** Endpoints of a recipient list or routing slip, if the expression is a constant. */
    private Set<EventKind> listed(
            String route, ExpressionDefinition uris, @Nullable String delimiter, Set<EventKind> events) {
        if (!fixed(uris)) return events;
        Set<EventKind> all = new HashSet<>(events);
        for (String uri : uris.getExpression().split(Pattern.quote(delimiter == null ? "," : delimiter)))
            all.addAll(sent(route, uri.strip(), events));
        return all;
    }

    private Set<EventKind> chosen(String route, ChoiceDefinition choice, Set<EventKind> events) {
        Set<EventKind> all = new HashSet<>();
        for (WhenDefinition when : choice.getWhenClauses()) all.addAll(steps(route, when.getOutputs(), events));
        all.addAll(
                choice.getOtherwise() == null
                        ? events
                        : steps(route, choice.getOtherwise().getOutputs(), events));
        return all;
    }

    private Set<EventKind> sent(String route, String uri, Set<EventKind> events) {
        Address to = Address.of(context, uri);
        switch (to.scheme()) {
            case "channel" -> {
                note(Use.WRITES, to.name(), route, events);
                arriving.computeIfAbsent(to.queue(), none -> new HashSet<>()).addAll(events);
            }
            case "seda" ->
                arriving.computeIfAbsent(to.queue(), none -> new HashSet<>()).addAll(events);
            case "subscribers" -> note(Use.DELIVERS, to.name(), route, events);
            case "direct" -> {
                RouteDefinition next = called.get(to.name());
                if (next == null || path.contains(to.name())) return events;
                path.push(to.name());
                Set<EventKind> back = steps(next.getRouteId(), next.getOutputs(), events);
                path.pop();
                return back;
            }
            default -> {}
        }
        return events;
    }

    private void note(Use use, String channel, String route, Set<EventKind> events) {
        if (channel.isEmpty() || channel.contains("${")) return;
        found.computeIfAbsent(new Key(use, channel, route), none -> new HashSet<>())
                .addAll(events);
    }

    private Address from(RouteDefinition route) {
        return Address.of(context, route.getInput().getEndpointUri());
    }
}
