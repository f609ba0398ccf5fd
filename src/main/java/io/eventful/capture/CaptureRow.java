package io.eventful.capture;

import io.eventful.edge.Destinations;
import io.eventful.edge.RequestHead;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is captured at one template.
 *
 * @param plans by the source of the items: one, or one for each upstream that calls may be sent to
 * @param only the only plan; null when it depends on the call
 */
record CaptureRow(Map<String, CapturePlan> plans, @Nullable CapturePlan only) {

    static CaptureRow of(CapturePlan plan, Set<String> upstreams) {
        if (plan.options().addressing() == CaptureOptions.Addressing.OPTION)
            return new CaptureRow(Map.of(CapturePlan.source(plan.options().upstream()), plan), plan);
        Map<String, CapturePlan> plans = new HashMap<>();
        for (String upstream : upstreams) plans.put(CapturePlan.source(upstream), plan.at(upstream));
        return new CaptureRow(Map.copyOf(plans), null);
    }

    CaptureRow only(Predicate<String> routes) {
        Map<String, CapturePlan> left = new HashMap<>();
        plans.forEach((source, plan) -> {
            List<String> ids = plan.routes().stream().filter(routes).toList();
            if (!ids.isEmpty()) left.put(source, plan.to(ids));
        });
        return new CaptureRow(left, null);
    }

    /** The plan of a call. */
    CapturePlan plan(Destinations destinations, RequestHead head) {
        return only != null ? only : Objects.requireNonNull(plans.get(CapturePlan.source(destinations.of(head))));
    }
}
