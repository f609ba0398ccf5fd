package io.eventful.view;

import io.eventful.edge.ScopeName;
import io.eventful.event.Change;
import io.eventful.event.Item;
import io.eventful.event.PathTemplate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.IdempotentConsumerDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SamplingDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.StopDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.WireTapDefinition;

/**
 * Static analysis of which changes reach a view: follows the routes from the view backwards over {@code channel:},
 * {@code direct:} and {@code seda:} to {@code capture:} and {@code webhook-in:}. Endpoints that are known only at runtime
 * are not considered.
 */
final class RouteSources implements Sources {

    private static final String UPSTREAMS = "/upstreams/";

    private static final List<Class<?>> STOPPERS = List.of(
            FilterDefinition.class,
            ChoiceDefinition.class,
            AggregateDefinition.class,
            SplitDefinition.class,
            IdempotentConsumerDefinition.class,
            SamplingDefinition.class,
            StopDefinition.class);

    /** All captured templates, the most specific first, because it captures the change. */
    private final List<Capture> captures;

    private final Set<String> feeding;
    private final Set<String> webhooks;
    private final Passage passage;

    /**
     * @param source source of the items; all upstreams if the route does not name one
     * @param collection of the items, if calls elsewhere write them; empty if they are captured at their own path
     */
    private record Capture(PathTemplate template, String source, ScopeName scope, String collection) {
        boolean isTakenBy(Capture other) {
            return !collection.isEmpty()
                    && other.collection.isEmpty()
                    && other.source.equals(source)
                    && other.template.sameShape(template);
        }

        boolean isOf(String other) {
            return source.equals(UPSTREAMS) ? other.startsWith(UPSTREAMS) : source.equals(other);
        }
    }

    private RouteSources(List<Capture> captures, Set<String> feeding, Set<String> webhooks, Passage passage) {
        this.captures = captures;
        this.feeding = feeding;
        this.webhooks = webhooks;
        this.passage = passage;
    }

    static RouteSources of(CamelContext context, String view) {
        List<RouteDefinition> routes =
                context instanceof ModelCamelContext model ? List.copyOf(model.getRouteDefinitions()) : List.of();
        List<Capture> captures = new ArrayList<>();
        for (RouteDefinition route : routes) capture(context, route).ifPresent(captures::add);
        List<Capture> all = List.copyOf(captures);
        captures.removeIf(capture -> all.stream().anyMatch(capture::isTakenBy));
        captures.sort(Comparator.comparing(Capture::template));

        Set<String> feeding = new HashSet<>();
        Set<String> webhooks = new HashSet<>();
        Passage passage = Passage.ALL;
        Set<String> seen = new HashSet<>();
        Deque<String> wanted = new ArrayDeque<>(List.of("view:" + view));
        while (!wanted.isEmpty()) {
            String target = wanted.poll();
            for (RouteDefinition route : routes) {
                if (!sendsTo(context, route, target)) continue;
                if (stops(route)) passage = Passage.FILTERED;
                Address from = Address.of(context, route.getInput().getEndpointUri());
                switch (from.scheme()) {
                    case "capture" -> capture(context, route).ifPresent(capture -> feeding.add(key(capture)));
                    case "webhook-in" -> webhooks.add("/webhooks" + slashed(from.path()));
                    case "channel", "direct", "seda" -> {
                        String next = from.scheme() + ':' + from.path();
                        if (seen.add(next)) wanted.add(next);
                    }
                    default -> {}
                }
            }
        }
        return new RouteSources(captures, feeding, webhooks, passage);
    }

    private static Optional<Capture> capture(CamelContext context, RouteDefinition route) {
        if (route.getInput() == null) return Optional.empty();
        Address from = Address.of(context, route.getInput().getEndpointUri());
        if (!from.scheme().equals("capture")) return Optional.empty();
        String collection = from.parameters().getOrDefault("collection", "");
        PathTemplate template;
        try {
            template = collection.isEmpty() ? PathTemplate.parse(from.path()) : PathTemplate.ofCollection(collection);
        } catch (IllegalArgumentException e) {
            // Such a route captures nothing. It must not hide what the others tell of this view and of all others.
            return Optional.empty();
        }
        return Optional.of(new Capture(
                template,
                UPSTREAMS + from.parameters().getOrDefault("upstream", ""),
                ScopeName.parse(from.parameters().getOrDefault("scope", "")),
                collection));
    }

    private static String key(Capture capture) {
        return capture.source() + ' ' + capture.template() + ' ' + capture.collection();
    }

    private static boolean sendsTo(CamelContext context, RouteDefinition route, String target) {
        return outputs(route, ToDefinition.class).stream()
                        .anyMatch(to -> Address.of(context, to.getEndpointUri()).isAt(target))
                || outputs(route, WireTapDefinition.class).stream()
                        .anyMatch(to -> Address.of(context, to.getUri()).isAt(target));
    }

    private static boolean stops(RouteDefinition route) {
        return outputs(route, ProcessorDefinition.class).stream()
                .anyMatch(step -> STOPPERS.stream().anyMatch(stopper -> stopper.isInstance(step)));
    }

    private static <T> Collection<T> outputs(RouteDefinition route, Class<T> type) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), type);
    }

    private static String slashed(String path) {
        return path.startsWith("/") ? path : '/' + path;
    }

    @Override
    public boolean feed(Change change) {
        Item item = change.item();
        if (webhooks.contains(item.source())) return true;
        return taken(item).filter(capture -> feeding.contains(key(capture))).isPresent();
    }

    @Override
    public ScopeName scopeOf(Item item) {
        return taken(item).map(Capture::scope).orElse(ScopeName.NONE);
    }

    @Override
    public Set<ScopeName> scopes() {
        return scopes(captures.stream());
    }

    @Override
    public Set<ScopeName> ownScopes() {
        boolean known = !feeding.isEmpty() || !webhooks.isEmpty();
        return known ? scopes(captures.stream().filter(capture -> feeding.contains(key(capture)))) : scopes();
    }

    private static Set<ScopeName> scopes(Stream<Capture> captures) {
        return captures.map(Capture::scope).filter(scope -> !scope.isNone()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Passage passage() {
        return passage;
    }

    private Optional<Capture> taken(Item item) {
        for (Capture capture : captures)
            if (capture.isOf(item.source())
                    && capture.template().item(item.subject()).isPresent()) return Optional.of(capture);
        return Optional.empty();
    }
}
