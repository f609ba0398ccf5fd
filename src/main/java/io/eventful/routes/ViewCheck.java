package io.eventful.routes;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What routes say of views: some that nobody fills, and some that show other than what their options promise. */
final class ViewCheck {

    private static final String VIEW = "view:";
    private static final String UPSTREAM = "upstream";

    private final List<Use> uses;
    private final List<RouteProblem> problems;

    ViewCheck(List<Use> uses, List<RouteProblem> problems) {
        this.uses = uses;
        this.problems = problems;
    }

    void check() {
        for (Use use : uses) {
            if (use.scheme().equals("capture") && use.isFrom()) queries(use);
            if (use.scheme().equals("view") && !use.isFrom()) index(use);
        }
    }

    private void queries(Use use) {
        String queries = use.options().getOrDefault("queries", "");
        if (!queries.startsWith(VIEW)) return;
        String view = queries.substring(VIEW.length());
        Set<String> views = new TreeSet<>();
        for (Use each : uses) if (each.scheme().equals("view") && !each.isDynamic()) views.add(each.name());
        Place place = use.mark().placeOf("queries");
        if (!views.contains(view)) {
            problems.add(place.error(
                    "unknown-view",
                    "no route projects into the view \"" + view + "\"",
                    NearMiss.remedy(view, views, "add to: view:" + view + " to a route that has its events")));
            return;
        }
        for (Use each : uses) {
            String access = access(each);
            if (each.scheme().equals("view") && each.name().equals(view) && !access.equals(UPSTREAM))
                problems.add(place.warning(
                        "view-access",
                        "reads of " + use.name() + " are answered by view:" + view + ", whose access is " + access
                                + ", not by the rights that the upstream grants",
                        "take access: upstream there (" + each.place().file() + ":"
                                + each.place().line() + "), unless this is meant"));
        }
    }

    /** An index is for lists, and nobody may read a list where the upstream is asked item by item. */
    private void index(Use use) {
        if (use.options().getOrDefault("index", "").isBlank() || !access(use).equals(UPSTREAM)) return;
        problems.add(use.mark()
                .placeOf("index")
                .warning(
                        "idle-index",
                        "\"index\" does nothing here: view:" + use.name()
                                + " answers no lists, as its access is upstream",
                        "remove it, or set access: key or access: open, with which lists are answered"));
    }

    private static String access(Use use) {
        return use.options().getOrDefault("access", UPSTREAM).strip().toLowerCase(Locale.ROOT);
    }
}
