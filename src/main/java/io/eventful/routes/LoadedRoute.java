package io.eventful.routes;

import java.util.Optional;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.util.URISupport;

/**
 * A route of a generation.
 *
 * @param order start order: routes that others depend on first, sources of work last
 */
record LoadedRoute(String id, String description, String file, String from, Startup startup, int order) {

    /** Whether the route starts automatically, or only on command ({@code autoStartup: false}). */
    enum Startup {
        AUTOMATIC,
        MANUAL
    }

    private static final int LAST = 1_000_000;

    static LoadedRoute of(RouteDefinition route, String file, Startup startup) {
        // Shown in the API and the console, so secrets in options are masked.
        String from = URISupport.sanitizeUri(route.getInput().getEndpointUri());
        int order = Optional.ofNullable(route.getStartupOrder()).orElseGet(() -> LAST + rank(from));
        String description = Optional.ofNullable(route.getDescriptionText()).orElse("");
        return new LoadedRoute(route.getRouteId(), description, file, from, startup, order);
    }

    /** Start order: routes that others call, then endpoints that answer requests, then consumers, then capture routes. */
    private static int rank(String from) {
        return switch (scheme(from)) {
            case "direct", "seda", "stub" -> 0;
            case "rest" -> 1;
            case "channel" -> 2;
            case "capture" -> 4;
            default -> 3;
        };
    }

    String scheme() {
        return scheme(from);
    }

    /** The part after the scheme, without options, such as the name of a channel. */
    String name() {
        String name = from.substring(Math.min(from.length(), scheme().length() + 1));
        int options = name.indexOf('?');
        if (options >= 0) name = name.substring(0, options);
        return name.startsWith("//") ? name.substring(2) : name;
    }

    private static String scheme(String uri) {
        int colon = uri.indexOf(':');
        return colon < 0 ? uri : uri.substring(0, colon);
    }
}
