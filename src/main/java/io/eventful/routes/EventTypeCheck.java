package io.eventful.routes;

import io.eventful.routes.Outline.NameMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether declared subscriptions ask for types of events that some route can emit. Where a route takes in what only its
 * exchanges know (every resource, a foreign topic, a timer), or makes up types, any type may come, and nothing is said.
 */
final class EventTypeCheck {

    /** Sources that hand on what another route began with. */
    private static final Set<String> INNER = Set.of("channel", "direct", "seda");

    private final List<Use> uses;
    private final Set<String> texts;
    private final List<NameMark> wanted;
    private final List<RouteProblem> problems;

    /** @param texts all that the files say */
    EventTypeCheck(List<Use> uses, Set<String> texts, List<NameMark> wanted, List<RouteProblem> problems) {
        this.uses = uses;
        this.texts = texts;
        this.wanted = wanted;
        this.problems = problems;
    }

    void check() {
        if (anyTypeMade()) return;
        Set<String> types = new TreeSet<>();
        Set<String> providers = new TreeSet<>();
        for (Use use : uses) {
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
                                "no route emits the type \"" + type.name() + "\" that this subscription asks for",
                                NearMiss.remedy(type.name(), types, "the types are " + some(types))));
    }

    /** A step may give an event another type, or write an event of its own. */
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

    /** The types that a file of declared subscriptions asks for by name. */
    static List<NameMark> wanted(RouteFile file) {
        return YamlTree.read(file, new ArrayList<>())
                .map(root -> SubscribedTypes.of(file.path(), root))
                .orElse(List.of());
    }
}
