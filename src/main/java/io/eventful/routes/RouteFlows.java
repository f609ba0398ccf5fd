package io.eventful.routes;

import java.util.List;
import java.util.Set;

/**
 * What the running routes tell, and where.
 *
 * @param generation number of the set they belong to; 0 when none runs
 * @param flows in the order of the routes
 */
public record RouteFlows(long generation, List<Flow> flows) {

    public RouteFlows {
        flows = List.copyOf(flows);
    }

    /** What a route does with a channel. */
    public enum Use {
        /** It publishes on it. */
        WRITES,
        /** It consumes it. */
        READS,
        /** It sends webhooks to the subscriptions of it. */
        DELIVERS
    }

    /**
     * A route's use of a channel.
     *
     * @param channel name of the channel
     * @param route id of the route
     * @param events what flows, as far as the routes say it
     */
    public record Flow(Use use, String channel, String route, Set<Told> events) {
        public Flow {
            events = Set.copyOf(events);
        }
    }

    /**
     * A kind of event.
     *
     * @param type event type; {@code *} stands in it for what only the calls decide
     * @param rendering name of its pattern or variant; empty when a step that is not looked into makes it
     */
    public record Told(String type, String rendering) {
        /** Anything. */
        public static final Told ANYTHING = new Told("*", "");
    }
}
