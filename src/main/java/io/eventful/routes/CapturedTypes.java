package io.eventful.routes;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which types of events the changes of a {@code capture:} endpoint have. */
final class CapturedTypes {

    /** What befalls an item of every resource. */
    private static final Set<String> ACTIONS =
            Set.of("created", "updated", "deleted", "drifted", "reversed", "received");

    private static final Pattern LITERAL = Pattern.compile("/([^/{}]+)");

    private CapturedTypes() {}

    /** The noun of the types; empty when the calls decide. */
    static Optional<String> resource(String template, Map<String, String> options) {
        String given = options.get("resource");
        if (given != null) return given.contains("{") ? Optional.empty() : Optional.of(given);
        if (template.isEmpty() || template.contains("*")) return Optional.empty();
        List<String> literals =
                LITERAL.matcher(template).results().map(found -> found.group(1)).toList();
        return literals.isEmpty() ? Optional.empty() : Optional.of(literals.getLast());
    }

    /** The verbs of the types: those of every item, and the actions that the endpoint names. */
    static Set<String> actions(Map<String, String> options) {
        Set<String> actions = new LinkedHashSet<>(ACTIONS);
        for (String action : options.getOrDefault("actions", "").split(","))
            if (!action.isBlank())
                actions.add(action.substring(action.lastIndexOf('/') + 1).strip());
        return actions;
    }
}
