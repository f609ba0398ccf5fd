package io.eventful.capture;

import io.eventful.edge.Destinations;
import io.eventful.event.BulkPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Makes the plans of a set of routes, and says which routes contradict each other. Items that calls elsewhere write
 * belong to the route that captures them at their own path; where there is none, to the route of these calls.
 */
final class CapturePlans {

    private CapturePlans() {}

    /** The plans, the most specific first. Fails with {@link IllegalArgumentException}, whose message names both routes. */
    static List<CapturePlan> of(Collection<CaptureRoute> routes, Destinations destinations) {
        boolean single = destinations.names().size() == 1;
        List<CapturePlan> own = new ArrayList<>();
        List<CapturePlan> bulk = new ArrayList<>();
        for (CaptureRoute route : routes) {
            // Where all calls go to one upstream, it does not matter who says so.
            CaptureOptions options = single && route.options().addressing() == CaptureOptions.Addressing.EDGE
                    ? route.options().at(route.options().upstream())
                    : route.options();
            CapturePlan plan = CapturePlan.of(route.template(), options, route.id());
            add(plan, plan.bulk() == null ? own : bulk);
        }
        List<CapturePlan> all = new ArrayList<>(own);
        List<CapturePlan> left = new ArrayList<>();
        for (CapturePlan plan : bulk) {
            distinct(plan, own);
            Optional<CapturePlan> items = same(plan, own);
            if (items.isPresent()) all.add(plan.with(ofItems(plan, items.get())));
            else {
                all.add(plan);
                add(plan.ofItems(), left);
            }
        }
        all.addAll(left);
        all.sort(Comparator.comparing(CapturePlan::calls));
        return all;
    }

    private static void add(CapturePlan plan, List<CapturePlan> plans) {
        int same = 0;
        while (same < plans.size() && !plans.get(same).calls().sameShape(plan.calls())) same++;
        if (same == plans.size()) {
            plans.add(plan);
            return;
        }
        CapturePlan other = plans.get(same);
        if (!other.options().equals(plan.options()))
            throw conflict(
                    other,
                    plan,
                    "capture the same items, " + plan.calls()
                            + ", with different options; use the same options for both"
                            + (plan.options().collection().isEmpty()
                                    ? ""
                                    : ", or add a route that captures these items at their own path"));
        List<String> ids = new ArrayList<>(other.routes());
        ids.addAll(plan.routes());
        plans.set(same, other.to(ids));
    }

    /** The options of calls on items that another route captures. */
    private static CaptureOptions ofItems(CapturePlan calls, CapturePlan items) {
        CaptureOptions mine = calls.options();
        CaptureOptions its = items.options();
        String differing =
                mine.addressing() != its.addressing() || !mine.upstream().equals(its.upstream())
                        ? "upstream"
                        : mine.scope().equals(its.scope()) ? null : "scope";
        if (differing != null)
            throw conflict(
                    calls,
                    items,
                    "capture the same items, " + items.template() + ", with a different " + differing
                            + "; use the same for both");
        return mine.of(its);
    }

    /** A path has one meaning. */
    private static void distinct(CapturePlan calls, List<CapturePlan> own) {
        BulkPath bulk = calls.bulk();
        for (CapturePlan plan : own) {
            boolean clash = bulk != null
                    && (bulk.isCollectionOf(plan.template()) || bulk.calls().sameShape(plan.template()));
            if (clash)
                throw conflict(
                        calls,
                        plan,
                        "both capture the calls at " + calls.calls() + "; remove one of them, or give both the same"
                                + " template and collection");
        }
    }

    private static Optional<CapturePlan> same(CapturePlan calls, List<CapturePlan> own) {
        return own.stream()
                .filter(plan -> plan.template().sameShape(calls.template()))
                .findFirst();
    }

    private static IllegalArgumentException conflict(CapturePlan one, CapturePlan other, String what) {
        return new IllegalArgumentException(
                "routes " + one.routes().getFirst() + " and " + other.routes().getFirst() + " " + what);
    }
}
