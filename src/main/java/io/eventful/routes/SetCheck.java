package io.eventful.routes;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks across files, such as duplicate route ids, and data types. */
final class SetCheck {

    private SetCheck() {}

    static void check(Collection<Outline> outlines, List<RouteProblem> problems) {
        Map<String, Place> ids = new HashMap<>();
        for (Outline outline : outlines) {
            for (Outline.RouteMark route : outline.routes) {
                route.id()
                        .ifPresentOrElse(
                                id -> unique(id, route.place(), ids, problems), () -> unnamed(route, problems));
            }
            fileName(outline, problems);
            for (Outline.DataTypeMark type : outline.dataTypes) dataType(type, problems);
        }
    }

    private static void unique(String id, Place place, Map<String, Place> ids, List<RouteProblem> problems) {
        Place first = ids.putIfAbsent(id, place);
        if (first != null)
            problems.add(place.error(
                    "duplicate-route-id",
                    "the route id \"" + id + "\" is already used in " + first.file() + ":" + first.line(),
                    "give each route a unique id"));
    }

    /** Warns if a file is not named after its first route, because people look for routes by file name. */
    private static void fileName(Outline outline, List<RouteProblem> problems) {
        if (outline.routes.isEmpty()) return;
        Outline.RouteMark first = outline.routes.getFirst();
        String base = new RouteFile(outline.file, "").base();
        first.id()
                .filter(id -> !id.equals(base))
                .ifPresent(id -> problems.add(first.place()
                        .warning(
                                "file-name",
                                "the file " + base + " starts with the route \"" + id + "\"",
                                "rename the file to " + id + ".yaml, or the route to " + base)));
    }

    private static void unnamed(Outline.RouteMark route, List<RouteProblem> problems) {
        problems.add(route.place()
                .warning(
                        "route-without-id",
                        "the route has no id, so an id is derived from the file name",
                        "add \"" + route.idName()
                                + ":\"; the position of a route in the ledger is stored under its id"));
    }

    private static void dataType(Outline.DataTypeMark mark, List<RouteProblem> problems) {
        // A data type with placeholders is checked when its route is added.
        if (mark.type().contains("{{")) return;
        String name = TypeName.plain(mark.type());
        Set<String> known = EventDataType.names();
        if (!isEvent(name, known)) return;
        if (known.contains(name)) {
            options(mark, problems);
            return;
        }
        String whole = name.contains(":") ? name : EventDataType.SCHEME + ':' + name;
        String all = String.join(", ", known.stream().sorted().toList());
        problems.add(mark.place()
                .error(
                        "unknown-data-type",
                        "there is no data type \"" + name + "\"",
                        Suggestions.remedy(whole, known, "use one of " + all)));
    }

    /** Whether an event data type was meant; other names belong to Camel. */
    private static boolean isEvent(String name, Set<String> known) {
        return name.equals("event")
                || name.startsWith("event:")
                || known.contains(EventDataType.SCHEME + ':' + name)
                || Suggestions.close(name, known).isPresent();
    }

    private static void options(Outline.DataTypeMark mark, List<RouteProblem> problems) {
        try {
            TypeName.parse(mark.type());
        } catch (IllegalArgumentException e) {
            problems.add(mark.place().error("data-type-option", Messages.of(e), "correct the option"));
        }
    }
}
