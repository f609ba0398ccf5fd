package io.eventful.routes;

/**
 * Ensures that no write passes uncaptured while a set of routes is replaced, and that each route gets only its own changes
 * while the last set stops. Implemented by the capture package; the root package connects the two.
 */
public interface SwapGuard {

    /**
     * Runs the replacement of a set of routes. The capture templates of the stopped and started routes are swapped
     * atomically at its end, so no write passes uncaptured in between. Fails if the replacement fails, or if the new
     * templates contradict each other; then the previous templates stay in effect.
     */
    void swap(Runnable exchange);

    /**
     * Runs the stop of the last set of routes. They stop one after the other, and what they capture stays theirs: changes
     * that a stopped route has not handled wait for the next start, and no route that still runs gets them.
     */
    void end(Runnable stop);
}
