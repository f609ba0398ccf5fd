package io.eventful.routes;

import io.eventful.routes.Outline.NameMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks that the types in declared subscriptions can be emitted by some route. If a route emits types that are known only
 * at runtime (capture of every resource, a foreign topic, computed types), nothing is reported.
 */
final class EventTypeCheck {

    /** Sources that receive the events of other routes. */
    private static final Set<String> INNER = Set.of("channel", "direct", "seda");

    private final List<EndpointUse> uses;
    private final Set<String> texts;
    private final List<NameMark> wanted;
    private final List<RouteProblem> problems;

    /** @param texts all texts of the route files */
    EventTypeCheck(List<EndpointUse> uses, Set<String> texts, List<NameMark> wanted, List<RouteProblem> problems) {
        this.uses = uses;
        this.texts = texts;
        this.wanted = wanted;
        this.problems = problems;
    }

    void check() {
        if (anyTypeMade()) return;
        Set<String> types = new TreeSet<>();
        Set<String> providers = new TreeSet<>();
        for (EndpointUse use : uses) {
            if (!use.isFrom() || INNER.contains(use.scheme())) continue;
            switch (use.scheme()) {
                case "capture" -> {
                    Optional<String> resource = CapturedTypes.resource(use.name(), use.options());
                    if (resource.isEmpty()) return;
                    for (String action : CapturedTypes.actions(use.options())) types.add(resource.get() + "." + action);
                }
                case "webhook-in" -> providers.add(use.options().getOrDefault("provider", ""));
                default -> {
                    return;
                }
            }
        }
        if (types.isEmpty() && providers.isEmpty()) return;
        for (NameMark type : wanted)
            if (!types.contains(type.name()) && !providers.contains(type.name().replaceFirst("\\..*", "")))
                problems.add(type.place()
                        .warning(
                                "unknown-event-type",
                                "no route emits the type \"" + type.name() + "\" of this subscription",
                                Suggestions.remedy(type.name(), types, "the routes emit " + some(types))));
    }

    /** Whether some step sets a computed type, or creates an event itself. */
    private boolean anyTypeMade() {
        return texts.stream().anyMatch(text -> text.equals("event.type") || text.contains("specversion"));
    }

    private static String some(Set<String> types) {
        List<String> shown = types.stream()
                .filter(type ->
                        !type.endsWith(".drifted") && !type.endsWith(".reversed") && !type.endsWith(".received"))
                .limit(12)
                .toList();
        return String.join(", ", shown);
    }

    /** The event types that a file of declared subscriptions names. */
    static List<NameMark> wanted(RouteFile file) {
        return YamlTree.read(file, new ArrayList<>())
                .map(root -> SubscribedTypes.of(file.path(), root))
                .orElse(List.of());
    }
}
