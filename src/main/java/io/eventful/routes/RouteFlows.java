package io.eventful.routes;

import java.util.List;
import java.util.Set;

/**
 * The event flows of the running routes.
 *
 * @param generation number of the generation; 0 if none is running
 * @param flows flows in the order of the routes
 */
public record RouteFlows(long generation, List<Flow> flows) {

    public RouteFlows {
        flows = List.copyOf(flows);
    }

    /** What a route does with a channel. */
    public enum Use {
        /** The route publishes on the channel. */
        WRITES,
        /** The route consumes from the channel. */
        READS,
        /** The route sends webhooks to the subscriptions of the channel. */
        DELIVERS
    }

    /**
     * The use of a channel by a route.
     *
     * @param channel name of the channel
     * @param route id of the route
     * @param events event kinds, as far as they are statically known
     */
    public record Flow(Use use, String channel, String route, Set<EventKind> events) {
        public Flow {
            events = Set.copyOf(events);
        }
    }

    /**
     * A kind of event.
     *
     * @param type event type; {@code *} in it stands for a part that depends on the request
     * @param rendering name of the pattern or variant; empty if it is not known
     */
    public record EventKind(String type, String rendering) {
        /** Any event. */
        public static final EventKind ANYTHING = new EventKind("*", "");
    }
}
