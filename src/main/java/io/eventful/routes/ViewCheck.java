package io.eventful.routes;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Checks views: unknown views, access rules that differ from the upstream's, and an {@code index} without effect. */
final class ViewCheck {

    private static final String VIEW = "view:";
    private static final String UPSTREAM = "upstream";

    private final List<EndpointUse> uses;
    private final List<RouteProblem> problems;

    ViewCheck(List<EndpointUse> uses, List<RouteProblem> problems) {
        this.uses = uses;
        this.problems = problems;
    }

    void check() {
        for (EndpointUse use : uses) {
            if (use.scheme().equals("capture") && use.isFrom()) queries(use);
            if (use.scheme().equals("view") && !use.isFrom()) index(use);
        }
    }

    private void queries(EndpointUse use) {
        String queries = use.options().getOrDefault("queries", "");
        if (!queries.startsWith(VIEW)) return;
        String view = queries.substring(VIEW.length());
        Set<String> views = new TreeSet<>();
        for (EndpointUse each : uses) if (each.scheme().equals("view") && !each.isDynamic()) views.add(each.name());
        Place place = use.mark().placeOf("queries");
        if (!views.contains(view)) {
            problems.add(place.error(
                    "unknown-view",
                    "no route projects into the view \"" + view + "\"",
                    Suggestions.remedy(view, views, "add to: view:" + view + " to a route that has the events")));
            return;
        }
        for (EndpointUse each : uses) {
            String access = access(each);
            if (each.scheme().equals("view") && each.name().equals(view) && !access.equals(UPSTREAM))
                problems.add(place.warning(
                        "view-access",
                        "reads of " + use.name() + " are answered by view:" + view + ", whose access is " + access
                                + ", so the access rights of the upstream do not apply",
                        "set access: upstream there (" + each.place().file() + ":"
                                + each.place().line() + "), unless this is intended"));
        }
    }

    /** An index serves lists, but a view with access: upstream has no lists. */
    private void index(EndpointUse use) {
        if (use.options().getOrDefault("index", "").isBlank() || !asksUpstream(use.options())) return;
        problems.add(use.mark()
                .placeOf("index")
                .warning(
                        "idle-index",
                        "\"index\" has no effect: view:" + use.name()
                                + " has access: upstream and therefore answers no lists",
                        "remove it, or set access: key or access: open, which allow lists"));
    }

    /** Whether the upstream says who may read the items of a view. */
    static boolean asksUpstream(Map<String, String> options) {
        return access(options).equals(UPSTREAM);
    }

    private static String access(EndpointUse use) {
        return access(use.options());
    }

    private static String access(Map<String, String> options) {
        return options.getOrDefault("access", UPSTREAM).strip().toLowerCase(Locale.ROOT);
    }
}
