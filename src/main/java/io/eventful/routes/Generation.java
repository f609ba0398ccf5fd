package io.eventful.routes;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ServiceStatus;
import org.apache.camel.spring.SpringCamelContext;

/**
 * One set of routes in a Camel context of its own: built, with all its processors started, but consuming only between
 * {@link #start} and {@link #stop}, which may follow each other more than once.
 */
final class Generation implements AutoCloseable {

    private final long number;
    private final SpringCamelContext context;
    private final List<LoadedRoute> routes;
    private final EdgeRestComponent rest;

    Generation(long number, SpringCamelContext context, List<LoadedRoute> routes, EdgeRestComponent rest) {
        this.number = number;
        this.context = context;
        this.routes = routes.stream()
                .sorted(Comparator.comparingInt(LoadedRoute::order))
                .toList();
        this.rest = rest;
    }

    long number() {
        return number;
    }

    List<LoadedRoute> routes() {
        return routes;
    }

    EdgeRestComponent rest() {
        return rest;
    }

    ServiceStatus status(LoadedRoute route) {
        ServiceStatus status = context.getRouteController().getRouteStatus(route.id());
        return status == null ? ServiceStatus.Stopped : status;
    }

    /** Starts to consume, route by route. When one fails, those started go on, and the caller decides. */
    void start() throws Exception {
        for (LoadedRoute route : routes)
            if (route.startup() == LoadedRoute.Startup.AUTOMATIC)
                context.getRouteController().startRoute(route.id());
    }

    /** Stops to consume and lets what is under way finish, for so long at most; what brings work stops first. */
    void stop(Duration drain) throws Exception {
        long deadline = System.nanoTime() + drain.toNanos();
        for (LoadedRoute route : routes.reversed()) {
            long left = Math.max(TimeUnit.MILLISECONDS.toNanos(1), deadline - System.nanoTime());
            context.getRouteController().stopRoute(route.id(), TimeUnit.NANOSECONDS.toMillis(left) + 1, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
