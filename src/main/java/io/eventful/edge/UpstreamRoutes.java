package io.eventful.edge;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which upstream serves what nobody captures: of the routes that fit, the most specific. */
final class UpstreamRoutes {

    /** Everything, to the default upstream. */
    private static final EdgeSettings.Route REST = new EdgeSettings.Route("/", null, UpstreamSettings.DEFAULT, false);

    private final List<EdgeSettings.Route> routes;

    /** @throws IllegalArgumentException when a route names an upstream that is not configured */
    UpstreamRoutes(List<EdgeSettings.Route> routes, UpstreamSettings upstreams) {
        for (int i = 0; i < routes.size(); i++) {
            String upstream = routes.get(i).upstream();
            if (!upstreams.upstreams().containsKey(upstream)) {
                throw new IllegalArgumentException("eventful.edge.routes[" + i + "].upstream: there is no upstream "
                        + upstream + "; add eventful.upstreams." + upstream + ".url");
            }
        }
        // A host is more specific than any path; of paths, the longer one is.
        this.routes = routes.stream()
                .sorted(Comparator.comparing((EdgeSettings.Route route) -> route.host() == null)
                        .thenComparing(route -> -route.prefix().length()))
                .toList();
    }

    EdgeSettings.Route find(RequestHead head) {
        if (routes.isEmpty()) return REST;
        @Nullable String host = null;
        for (EdgeSettings.Route route : routes) {
            if (route.host() != null) {
                if (host == null) host = host(head.authority());
                if (!route.host().equalsIgnoreCase(host)) continue;
            }
            if (isBelow(head.path(), route.prefix())) return route;
        }
        return REST;
    }

    private static boolean isBelow(String path, String prefix) {
        return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }

    /** Without its port, in lower case. */
    private static String host(String authority) {
        int colon = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
        return (colon > 0 ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    }
}
