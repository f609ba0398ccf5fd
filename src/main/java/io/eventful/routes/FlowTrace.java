package io.eventful.routes;

import io.eventful.routes.RouteFlows.EventKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.model.HasExpressionType;
import org.apache.camel.model.OptionalIdentifiedDefinition;

/** What an analysis of the flow has come across: the steps that send events on, and the decisions on the way to them. */
final class FlowTrace {

    private record Key(String route, RouteHop.Kind kind, String target) {}

    private record Seen(Set<EventKind> events, Set<String> ways) {}

    private final Map<Key, Seen> hops = new LinkedHashMap<>();
    private final Deque<String> conditions = new ArrayDeque<>();
    /** Queues that an event comes to in any case. */
    private final Set<String> certain = new HashSet<>();

    int depth() {
        return conditions.size();
    }

    /** What follows depends on a condition, until {@link #leave}. */
    void enter(String condition) {
        conditions.addLast(condition);
    }

    /** Forgets the conditions beyond a former {@link #depth}. */
    void leave(int depth) {
        while (conditions.size() > depth) conditions.removeLast();
    }

    /** An event is sent to a queue that other routes read. */
    void arrives(String queue) {
        if (conditions.isEmpty()) certain.add(queue);
    }

    boolean isCertain(String queue) {
        return certain.contains(queue);
    }

    void hop(String route, RouteHop.Kind kind, String target, Set<EventKind> events) {
        String shown = kind == RouteHop.Kind.OTHER ? withoutSecrets(target) : target;
        Seen seen = hops.computeIfAbsent(
                new Key(route, kind, shown), none -> new Seen(new LinkedHashSet<>(), new LinkedHashSet<>()));
        seen.events().addAll(events);
        seen.ways().add(String.join(" and ", new LinkedHashSet<>(conditions)));
    }

    /** An address without its options and its user information, which may hold secrets. */
    private static String withoutSecrets(String uri) {
        int options = uri.indexOf('?');
        return (options < 0 ? uri : uri.substring(0, options)).replaceAll("(?<=[:/])[^:/@\\s]*(:[^/@\\s]*)?@", "***@");
    }

    int size() {
        return certain.size()
                + hops.values().stream()
                        .mapToInt(seen -> 1 + seen.events().size() + seen.ways().size())
                        .sum();
    }

    List<RouteHop> hops() {
        List<RouteHop> all = new ArrayList<>();
        hops.forEach((key, seen) -> all.add(new RouteHop(
                key.route(),
                key.kind(),
                key.target(),
                EventKinds.known(seen.events()),
                seen.ways().contains("") ? List.of() : List.copyOf(seen.ways()))));
        return all;
    }

    /** A decision with its expression and place, such as {@code filter ${body.action} == 'created' (routes/a.yaml:7)}. */
    static String decision(OptionalIdentifiedDefinition<?> step) {
        String expression = step instanceof HasExpressionType node && node.getExpressionType() != null
                ? " " + String.valueOf(node.getExpressionType().getExpression()).strip()
                : "";
        return step.getShortName() + expression + place(step);
    }

    private static String place(OptionalIdentifiedDefinition<?> step) {
        if (step.getLineNumber() < 1) return "";
        return " (" + (step.getLocation() == null ? "line " : step.getLocation() + ":") + step.getLineNumber() + ")";
    }
}
