package io.eventful.routes;

/**
 * Ensures that no write passes uncaptured while a set of routes is replaced. Implemented by the capture package; the root
 * package connects the two.
 */
@FunctionalInterface
public interface SwapGuard {

    /**
     * Runs the replacement of a set of routes. The capture templates of the stopped and started routes are swapped
     * atomically at its end, so no write passes uncaptured in between. Fails if the replacement fails, or if the new
     * templates contradict each other; then the previous templates stay in effect.
     */
    void swap(Runnable exchange);
}
