package io.eventful.routes;

/**
 * Keeps what is captured captured while one set of routes gives way to the next. The root package connects it with
 * the package that captures.
 */
@FunctionalInterface
public interface SwapGuard {

    /**
     * Runs a swap. Templates that stop and start within it are replaced all at once at its end, so no write passes by
     * uncaptured in between; when it throws, the templates that run then are the ones in force.
     */
    void swap(Swap swap) throws Exception;

    /** What happens between the two sets. */
    @FunctionalInterface
    interface Swap {
        void run() throws Exception;
    }
}
