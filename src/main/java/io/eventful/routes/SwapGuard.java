package io.eventful.routes;

/**
 * Keeps what is captured captured while one set of routes gives way to the next. The root package connects it with
 * the package that captures.
 */
@FunctionalInterface
public interface SwapGuard {

    /**
     * Runs an exchange of routes. Templates that stop and start within it are replaced all at once at its end, so no
     * write passes by uncaptured in between. Fails when the exchange does, or when the templates that run then
     * contradict each other; what was captured before is captured still.
     */
    void swap(Runnable exchange);
}
