package io.eventful.routes;

import io.eventful.routes.RouteFlows.Flow;
import io.eventful.routes.RouteFlows.Told;
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
 * Follows events through a set of routes: from what a route begins with, past the steps that render it, to the channels
 * that it is sent to. Where a step decides per exchange, both ways are followed, so that it may tell of more than comes,
 * never of less, except for addresses that only an exchange knows.
 */
final class FlowReader {

    /** Exchange property by which a step gives an event another type. */
    private static final String EVENT_TYPE = "event.type";

    private static final Pattern DYNAMIC = Pattern.compile("\\$\\{[^}]*}");

    private record Key(Use use, String channel, String route) {}

    private final CamelContext context;
    private final List<RouteDefinition> routes;
    private final Map<String, RouteDefinition> called = new HashMap<>();
    private final Map<String, Set<Told>> arriving = new HashMap<>();
    private final Map<Key, Set<Told>> found = new LinkedHashMap<>();
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
        // What one route sends to a channel or queue is what another route begins with, so all are read again until
        // nothing new is found.
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

    /** A change that is not rendered is not published: it is told of only where nothing else is known of its type. */
    private static Set<Told> known(Set<Told> events) {
        Set<String> rendered = events.stream()
                .filter(each -> !each.rendering().isEmpty())
                .map(Told::type)
                .collect(Collectors.toSet());
        return events.stream()
                .filter(each -> !each.rendering().isEmpty() || !rendered.contains(each.type()))
                .collect(Collectors.toSet());
    }

    private void follow(RouteDefinition route) {
        Address from = from(route);
        Set<Told> first = switch (from.scheme()) {
            case "direct" -> Set.<Told>of();
            case "capture" -> captured(from);
            case "webhook-in" -> Set.of(new Told(from.options().getOrDefault("provider", "*") + ".*", ""));
            case "channel", "seda" -> arriving.getOrDefault(from.queue(), Set.of());
            default -> Set.of(Told.ANYTHING);
        };
        if (from.scheme().equals("channel")) {
            // Somebody else may write it.
            if (first.isEmpty()) first = Set.of(Told.ANYTHING);
            note(Use.READS, from.name(), route.getRouteId(), first);
        }
        if (!from.scheme().equals("direct")) steps(route.getRouteId(), route.getOutputs(), first);
    }

    private static Set<Told> captured(Address from) {
        String resource = CapturedTypes.resource(from.name(), from.options()).orElse("*");
        return CapturedTypes.actions(from.options()).stream()
                .filter(action -> !action.equals("received"))
                .map(action -> new Told(resource + "." + action, ""))
                .collect(Collectors.toSet());
    }

    private Set<Told> steps(String route, Collection<? extends ProcessorDefinition<?>> steps, Set<Told> events) {
        Set<Told> now = events;
        for (ProcessorDefinition<?> step : steps) if (!"true".equals(step.getDisabled())) now = step(route, step, now);
        return now;
    }

    private Set<Told> step(String route, ProcessorDefinition<?> step, Set<Told> events) {
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
                Set<Told> both = new HashSet<>(events);
                both.addAll(steps(route, step.getOutputs(), events));
                yield both;
            }
        };
    }

    private static Set<Told> rendered(String type, Set<Told> events) {
        String plain = TypeName.plain(type);
        if (!plain.startsWith(EventDataType.SCHEME + ":")) return events;
        String rendering = plain.substring(EventDataType.SCHEME.length() + 1);
        return events.stream().map(each -> new Told(each.type(), rendering)).collect(Collectors.toSet());
    }

    /** What is published from then on has another type, whatever it was rendered of. */
    private static Set<Told> typed(ExpressionDefinition type, Set<Told> events) {
        String known = DYNAMIC.matcher(fixed(type) ? type.getExpression() : "*").replaceAll("*");
        return events.stream().map(each -> new Told(known, each.rendering())).collect(Collectors.toSet());
    }

    private static boolean fixed(ExpressionDefinition expression) {
        return Set.of("constant", "simple").contains(expression.getLanguage());
    }

    /** Several addresses at once, where they are written as they are. */
    private Set<Told> listed(String route, ExpressionDefinition uris, @Nullable String delimiter, Set<Told> events) {
        if (!fixed(uris)) return events;
        Set<Told> all = new HashSet<>(events);
        for (String uri : uris.getExpression().split(Pattern.quote(delimiter == null ? "," : delimiter)))
            all.addAll(sent(route, uri.strip(), events));
        return all;
    }

    private Set<Told> chosen(String route, ChoiceDefinition choice, Set<Told> events) {
        Set<Told> all = new HashSet<>();
        for (WhenDefinition when : choice.getWhenClauses()) all.addAll(steps(route, when.getOutputs(), events));
        all.addAll(
                choice.getOtherwise() == null
                        ? events
                        : steps(route, choice.getOtherwise().getOutputs(), events));
        return all;
    }

    private Set<Told> sent(String route, String uri, Set<Told> events) {
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
                Set<Told> back = steps(next.getRouteId(), next.getOutputs(), events);
                path.pop();
                return back;
            }
            default -> {}
        }
        return events;
    }

    private void note(Use use, String channel, String route, Set<Told> events) {
        if (channel.isEmpty() || channel.contains("${")) return;
        found.computeIfAbsent(new Key(use, channel, route), none -> new HashSet<>())
                .addAll(events);
    }

    private Address from(RouteDefinition route) {
        return Address.of(context, route.getInput().getEndpointUri());
    }
}
