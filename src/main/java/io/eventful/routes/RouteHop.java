package io.eventful.routes;

import io.eventful.routes.RouteFlows.EventKind;
import java.util.List;
import java.util.Set;

/**
 * A step of a route that sends an event on.
 *
 * @param route id of the route
 * @param kind what it sends to
 * @param target name of the channel or view; the address, without options, of anything else
 * @param events event kinds, as far as they are statically known
 * @param conditions on which it depends at runtime whether the step is reached, one text per way to it; empty if it always
 *     is
 */
public record RouteHop(String route, Kind kind, String target, Set<EventKind> events, List<String> conditions) {

    /** What a step sends to. */
    public enum Kind {
        CHANNEL,
        SUBSCRIBERS,
        VIEW,
        /** Another system, or an address that is known only at runtime. */
        OTHER
    }

    public RouteHop {
        events = Set.copyOf(events);
        conditions = List.copyOf(conditions);
    }
}
