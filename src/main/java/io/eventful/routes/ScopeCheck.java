package io.eventful.routes;

import io.eventful.edge.ScopeName;
import io.eventful.routes.RouteFlows.EventKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/**
 * Warns of a scope that may be in the header or in the query where rights depend on it: the upstream says who may read an
 * item of a view, and it looks at one of the two places only.
 */
final class ScopeCheck {

    private static final String QUERIES = "view:";

    private final CamelContext context;
    private final List<RouteProblem> problems;
    private final Map<String, Outline> outlines = new HashMap<>();

    ScopeCheck(CamelContext context, List<LoadedRoute> loaded, Collection<Outline> files, List<RouteProblem> problems) {
        this.context = context;
        this.problems = problems;
        Map<String, Outline> byFile = files.stream().collect(Collectors.toMap(each -> each.file, each -> each));
        for (LoadedRoute route : loaded) {
            Outline outline = byFile.get(route.file());
            if (outline != null) outlines.put(route.id(), outline);
        }
    }

    void check(List<RouteDefinition> routes) {
        Set<String> asking = routes.stream().flatMap(this::askingViews).collect(Collectors.toSet());
        if (asking.isEmpty()) return;
        for (RouteDefinition route : routes) {
            Address from = Address.of(context, route.getInput().getEndpointUri());
            ScopeName scope =
                    ScopeName.parse(from.options().getOrDefault("scope", "").strip());
            boolean plain = !scope.isNone() && scope.place() == ScopeName.Place.EITHER;
            if (!from.scheme().equals("capture") || !plain) continue;
            Set<String> views = new TreeSet<>(fed(route, routes));
            String queries = from.options().getOrDefault("queries", "");
            if (queries.startsWith(QUERIES)) views.add(queries.substring(QUERIES.length()));
            views.retainAll(asking);
            if (!views.isEmpty()) tell(route, scope.name(), views);
        }
    }

    /** The views that show an item to whoever the upstream shows it. */
    private Stream<String> askingViews(RouteDefinition route) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class).stream()
                .flatMap(ScopeCheck::uri)
                .map(uri -> Address.of(context, uri))
                .filter(to -> to.scheme().equals("view") && ViewCheck.asksUpstream(to.options()))
                .map(Address::name);
    }

    private static Stream<String> uri(ProcessorDefinition<?> step) {
        return switch (step) {
            case ToDefinition to -> Stream.of(to.getEndpointUri());
            case ToDynamicDefinition to -> Stream.of(to.getUri());
            default -> Stream.empty();
        };
    }

    private Set<String> fed(RouteDefinition route, List<RouteDefinition> routes) {
        return new FlowReader(context, routes)
                .trace(List.of(route.getRouteId()), Set.of(EventKind.ANYTHING)).stream()
                        .filter(hop -> hop.kind() == RouteHop.Kind.VIEW)
                        .map(RouteHop::target)
                        .collect(Collectors.toSet());
    }

    private void tell(RouteDefinition route, String name, Set<String> views) {
        Outline outline = outlines.get(route.getRouteId());
        if (outline == null) return;
        int line = Math.max(0, route.getLineNumber());
        Place place = outline.words.stream()
                .filter(mark -> mark.place().line() >= line
                        && (mark.name().equals(name) || mark.name().contains("scope=" + name)))
                .map(Outline.NameMark::place)
                .findFirst()
                .orElseGet(() -> new Place(outline.file, line, line == 0 ? 0 : 1));
        problems.add(place.warning(
                "plain-scope",
                "the scope " + name + " may be in the header or in the query, but the upstream, which says who may read"
                        + " view:" + String.join(", view:", views) + ", looks at one of the two only",
                "write scope: \"header:" + name + "\" or scope: \"query:" + name + "\", as the upstream reads it"));
    }
}
