package io.eventful.routes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What runs, and how the last attempt to replace it went.
 *
 * @param generation number of the running set, from 1; 0 before the first
 * @param routes its routes, in the order of files
 * @param lastReload the last attempt; empty before the first
 */
public record RoutesState(long generation, List<RouteState> routes, Optional<Reload> lastReload) {

    /**
     * A route.
     *
     * @param status {@code started}, {@code stopped}, {@code suspended} or a transition between them
     */
    public record RouteState(String id, String description, String file, String from, String status) {}

    /**
     * An attempt to load the route files.
     *
     * @param time when it ended
     * @param problems errors and warnings found
     */
    public record Reload(Instant time, Result result, List<RouteProblem> problems) {}

    /** How an attempt ended: {@code REFUSED} on checking, {@code FAILED} on starting; both leave the former set. */
    public enum Result {
        LOADED,
        REFUSED,
        FAILED
    }
}
