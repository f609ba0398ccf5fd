package io.eventful.routes;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can be wrong between files, and with the names that only the gateway knows. */
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
                    "route \"" + id + "\" is also in " + first.file() + ":" + first.line(),
                    "give each route an id of its own"));
    }

    /** Routes are found by their file's name, so that of the first one should be it. */
    private static void fileName(Outline outline, List<RouteProblem> problems) {
        if (outline.routes.isEmpty()) return;
        Outline.RouteMark first = outline.routes.getFirst();
        String base = new RouteFile(outline.file, "").base();
        first.id()
                .filter(id -> !id.equals(base))
                .ifPresent(id -> problems.add(first.place()
                        .warning(
                                "file-name",
                                "the file " + base + " begins with the route \"" + id + "\"",
                                "name the file " + id + ".yaml, or the route " + base)));
    }

    private static void unnamed(Outline.RouteMark route, List<RouteProblem> problems) {
        problems.add(route.place()
                .warning(
                        "route-without-id",
                        "the route has no id, so it is named after its file",
                        "add \"id:\", for what a route has handled is remembered by it"));
    }

    private static void dataType(Outline.DataTypeMark mark, List<RouteProblem> problems) {
        // Its placeholders are filled in as its route is added, which looks at it then.
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
                        NearMiss.remedy(whole, known, "it is one of " + all)));
    }

    /** Others belong to Camel, unless one of these was meant. */
    private static boolean isEvent(String name, Set<String> known) {
        return name.equals("event")
                || name.startsWith("event:")
                || known.contains(EventDataType.SCHEME + ':' + name)
                || NearMiss.close(name, known).isPresent();
    }

    private static void options(Outline.DataTypeMark mark, List<RouteProblem> problems) {
        try {
            TypeName.parse(mark.type());
        } catch (IllegalArgumentException e) {
            problems.add(mark.place().error("data-type-option", Messages.of(e), "correct the option"));
        }
    }
}
