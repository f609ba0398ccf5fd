package io.eventful.routes;

import java.util.Optional;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.util.URISupport;

/**
 * A route of a generation.
 *
 * @param order the place in which it starts: what others depend on first, what brings work last
 */
record LoadedRoute(String id, String description, String file, String from, Startup startup, int order) {

    /** Whether the route starts with its set, or by somebody's command. */
    enum Startup {
        AUTOMATIC,
        MANUAL
    }

    private static final int LAST = 1_000_000;

    static LoadedRoute of(RouteDefinition route, String file, Startup startup) {
        // It is shown to people: a secret among the options is masked.
        String from = URISupport.sanitizeUri(route.getInput().getEndpointUri());
        int order = Optional.ofNullable(route.getStartupOrder()).orElseGet(() -> LAST + rank(from));
        String description = Optional.ofNullable(route.getDescriptionText()).orElse("");
        return new LoadedRoute(route.getRouteId(), description, file, from, startup, order);
    }

    /** Routes that others call come first, then what may answer at once, then consumers, then captured changes. */
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

    /** What follows the scheme, without options: the name of a channel. */
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
