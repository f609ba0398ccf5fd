package io.eventful.edge;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Selects the upstream of an uncaptured request: the most specific matching edge route. */
final class UpstreamRoutes implements Destinations {

    /** Fallback: all requests to the default upstream. */
    private static final EdgeSettings.Route REST = new EdgeSettings.Route("/", null, UpstreamSettings.DEFAULT, false);

    private final List<EdgeSettings.Route> routes;
    private final Set<String> names;

    /** @throws IllegalArgumentException when a route names an upstream that is not configured */
    UpstreamRoutes(List<EdgeSettings.Route> routes, UpstreamSettings upstreams) {
        for (int i = 0; i < routes.size(); i++) {
            String upstream = routes.get(i).upstream();
            if (!upstreams.upstreams().containsKey(upstream)) {
                throw new IllegalArgumentException("eventful.edge.routes[" + i + "].upstream: unknown upstream "
                        + upstream + "; add eventful.upstreams." + upstream + ".url");
            }
        }
        // A host is more specific than any path; of paths, the longer one is.
        this.routes = routes.stream()
                .sorted(Comparator.comparing((EdgeSettings.Route route) -> route.host() == null)
                        .thenComparing(route -> -route.prefix().length()))
                .toList();
        this.names = Stream.concat(Stream.of(REST), routes.stream())
                .map(EdgeSettings.Route::upstream)
                .collect(Collectors.toUnmodifiableSet());
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

    @Override
    public String of(RequestHead head) {
        return find(head).upstream();
    }

    @Override
    public Set<String> names() {
        return names;
    }

    /**
     * The path prefix that the most specific route to an upstream strips; empty for none. It also applies to calls that a
     * handler sends to that upstream.
     *
     * @param authority of the request; empty when it is not known
     */
    String stripped(String upstream, String authority, String path) {
        String host = host(authority);
        for (EdgeSettings.Route route : routes) {
            boolean fits =
                    route.host() == null || host.isEmpty() || route.host().equalsIgnoreCase(host);
            if (fits && route.upstream().equals(upstream) && isBelow(path, route.prefix())) return route.stripped();
        }
        return "";
    }

    private static boolean isBelow(String path, String prefix) {
        // The asterisk of OPTIONS is no path: it is below the empty prefix only.
        return prefix.isEmpty()
                || path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }

    /** The host of an authority, without its port and in lower case. */
    private static String host(String authority) {
        int colon = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
        return (colon > 0 ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    }
}
