package io.eventful.routes;

import io.eventful.routes.Outline.NameMark;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether declared subscriptions ask for types of events that some route can emit. Where a route takes in what only its
 * exchanges know (every resource, a foreign topic, a timer), any type may come, and nothing is said.
 */
final class EventTypeCheck {

    /** What befalls an item of every resource. */
    private static final Set<String> ACTIONS =
            Set.of("created", "updated", "deleted", "drifted", "reversed", "received");

    /** Sources that hand on what another route began with. */
    private static final Set<String> INNER = Set.of("channel", "direct", "seda");

    private static final Pattern LITERAL = Pattern.compile("/([^/{}]+)");

    private final List<Use> uses;
    private final List<NameMark> wanted;
    private final List<RouteProblem> problems;

    EventTypeCheck(List<Use> uses, List<NameMark> wanted, List<RouteProblem> problems) {
        this.uses = uses;
        this.wanted = wanted;
        this.problems = problems;
    }

    void check() {
        Set<String> types = new TreeSet<>();
        Set<String> providers = new TreeSet<>();
        for (Use use : uses) {
            if (!use.isFrom() || INNER.contains(use.scheme())) continue;
            switch (use.scheme()) {
                case "capture" -> {
                    Optional<String> resource = resource(use);
                    if (resource.isEmpty()) return;
                    for (String action : actions(use)) types.add(resource.get() + "." + action);
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

    private static String some(Set<String> types) {
        List<String> shown = types.stream()
                .filter(type ->
                        !type.endsWith(".drifted") && !type.endsWith(".reversed") && !type.endsWith(".received"))
                .limit(12)
                .toList();
        return String.join(", ", shown);
    }

    private static Set<String> actions(Use use) {
        Set<String> actions = new LinkedHashSet<>(ACTIONS);
        for (String action : use.options().getOrDefault("actions", "").split(","))
            if (!action.isBlank())
                actions.add(action.substring(action.lastIndexOf('/') + 1).strip());
        return actions;
    }

    /** Empty when the calls decide. */
    private static Optional<String> resource(Use use) {
        String given = use.options().get("resource");
        if (given != null) return given.contains("{") ? Optional.empty() : Optional.of(given);
        if (use.isDynamic() || use.name().contains("*")) return Optional.empty();
        List<String> literals = LITERAL.matcher(use.name())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toList());
        return literals.isEmpty() ? Optional.empty() : Optional.of(literals.getLast());
    }

    /** The types that a file of declared subscriptions asks for by name. */
    static List<NameMark> wanted(RouteFile file) {
        return YamlTree.read(file, new ArrayList<>())
                .map(root -> SubscribedTypes.of(file.path(), root))
                .orElse(List.of());
    }
}
