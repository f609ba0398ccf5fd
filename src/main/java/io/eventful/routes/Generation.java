package io.eventful.routes;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ServiceStatus;
import org.apache.camel.spring.SpringCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One set of routes in its own Camel context. After the build, all processors are started, but routes consume only between
 * {@link #start} and {@link #stop}, which may be called repeatedly.
 */
final class Generation implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Generation.class);

    private final long number;
    private final SpringCamelContext context;
    private final List<LoadedRoute> routes;
    private final List<LoadedRoute> inOrder;
    private final EdgeRestComponent rest;

    /** What is to be started: at first, what starts by itself; after {@link #stop}, what ran before, by whoever's hand. */
    private List<LoadedRoute> due;

    Generation(long number, SpringCamelContext context, List<LoadedRoute> routes, EdgeRestComponent rest) {
        this.number = number;
        this.context = context;
        this.routes = List.copyOf(routes);
        this.inOrder = routes.stream()
                .sorted(Comparator.comparingInt(LoadedRoute::order))
                .toList();
        this.due = inOrder.stream()
                .filter(route -> route.startup() != LoadedRoute.Startup.MANUAL)
                .toList();
        this.rest = rest;
    }

    long number() {
        return number;
    }

    SpringCamelContext context() {
        return context;
    }

    /** The routes, in the order of the files. */
    List<LoadedRoute> routes() {
        return routes;
    }

    List<RouteFlows.Flow> flows() {
        return new FlowReader(context, context.getRouteDefinitions()).read();
    }

    /** Makes requests to {@code rest:} endpoints wait for this generation. */
    void install() {
        rest.install();
    }

    ServiceStatus status(LoadedRoute route) {
        ServiceStatus status = context.getRouteController().getRouteStatus(route.id());
        return status == null ? ServiceStatus.Stopped : status;
    }

    /** Starts to consume, route by route. If one fails, the started ones keep running; the caller decides what to do. */
    void start() {
        rest.install();
        for (LoadedRoute route : due) {
            try {
                context.getRouteController().startRoute(route.id());
            } catch (Exception e) {
                throw new IllegalStateException("route " + route.id() + " could not be started", e);
            }
        }
    }

    /** Stops to consume, sources first, and waits up to the given time for running exchanges. */
    void stop(Duration drain) {
        due = inOrder.stream().filter(route -> status(route).isStarted()).toList();
        long deadline = System.nanoTime() + drain.toNanos();
        for (LoadedRoute route : inOrder.reversed()) {
            long left = TimeUnit.NANOSECONDS.toMillis(Math.max(0, deadline - System.nanoTime())) + 1;
            try {
                context.getRouteController().stopRoute(route.id(), left, TimeUnit.MILLISECONDS);
            } catch (Exception e) {
                LOG.warn("routes.not-stopped generation={} route={} reason=\"{}\"", number, route.id(), Messages.of(e));
            }
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
