package io.eventful.routes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The running routes and the result of the last reload.
 *
 * @param generation number of the running generation, from 1; 0 before the first
 * @param routes its routes, in the order of the files
 * @param lastReload the last reload; empty before the first
 */
public record RoutesState(long generation, List<RouteState> routes, Optional<Reload> lastReload) {

    /**
     * A route.
     *
     * @param status {@code started}, {@code stopped}, {@code suspended} or a transition between them
     */
    public record RouteState(String id, String description, String file, String from, String status) {}

    /**
     * A reload of the route files.
     *
     * @param time time of its end
     * @param problems errors and warnings found
     */
    public record Reload(Instant time, Result result, List<RouteProblem> problems) {}

    /** The result: {@code REFUSED} by the checks, {@code FAILED} at start; in both cases the previous set stays. */
    public enum Result {
        LOADED,
        REFUSED,
        FAILED
    }
}
