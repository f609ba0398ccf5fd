package io.eventful.routes;

import io.eventful.event.EventType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The event types of the changes of a {@code capture:} endpoint. */
final class CapturedTypes {

    private static final Pattern LITERAL = Pattern.compile("/([^/{}]+)");

    private CapturedTypes() {}

    /** The resource name of the types; empty if it depends on the path of the call. */
    static Optional<String> resource(String template, Map<String, String> options) {
        String given = options.get("resource");
        if (given != null) return given.contains("{") ? Optional.empty() : Optional.of(given);
        String items = options.getOrDefault("collection", template);
        if (items.isEmpty() || items.contains("*")) return Optional.empty();
        List<String> literals =
                LITERAL.matcher(items).results().map(found -> found.group(1)).toList();
        return literals.isEmpty() ? Optional.empty() : Optional.of(literals.getLast());
    }

    /** The actions of the types: the standard ones, and those of the option {@code actions}. */
    static Set<String> actions(Map<String, String> options) {
        Set<String> actions = new LinkedHashSet<>(EventType.ACTIONS);
        for (String action : options.getOrDefault("actions", "").split(","))
            if (!action.isBlank())
                actions.add(action.substring(action.lastIndexOf('/') + 1).strip());
        return actions;
    }
}
