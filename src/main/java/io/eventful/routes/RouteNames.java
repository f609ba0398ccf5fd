package io.eventful.routes;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.TemplatedRouteDefinition;

/**
 * Derives the ids of the routes of a file that have none from the name of the file, so that they are the same at every
 * start: positions and queues belong to an id. Camel would count through all routes of the process.
 */
final class RouteNames {

    private final String base;
    private final Set<String> taken = new HashSet<>();
    private int ordinal = 1;

    private RouteNames(String path) {
        this.base = new RouteFile(path, "").base();
    }

    /**
     * Gives each route an id, in the order of the file; those of templates after the others.
     *
     * @param path of the file
     */
    static void assign(String path, List<RouteDefinition> routes, List<TemplatedRouteDefinition> templated) {
        RouteNames names = new RouteNames(path);
        for (RouteDefinition route : routes) if (route.getId() != null) names.taken.add(route.getId());
        for (TemplatedRouteDefinition route : templated)
            if (route.getRouteId() != null) names.taken.add(route.getRouteId());
        for (RouteDefinition route : routes) if (route.getId() == null) route.setId(names.next());
        for (TemplatedRouteDefinition route : templated) if (route.getRouteId() == null) route.setRouteId(names.next());
    }

    private String next() {
        String id = base;
        while (!taken.add(id)) id = base + "-" + ++ordinal;
        return id;
    }
}
