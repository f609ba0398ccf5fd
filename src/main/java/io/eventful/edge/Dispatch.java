package io.eventful.edge;

import io.eventful.edge.Http1RequestValidator.Framing;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the data port does with requests, told without the port: it has no connection and no thread. Matchers are installed
 * and asked as those of the open port.
 */
public final class Dispatch {

    private final RoutingTable table = new RoutingTable();
    private final List<EdgeSettings.Route> configured;
    private final UpstreamSettings upstreams;
    private final UpstreamRoutes routes;

    /** @throws IllegalArgumentException when a route names an upstream that is not configured */
    public Dispatch(EdgeSettings settings, UpstreamSettings upstreams) {
        this.configured = settings.routes();
        this.upstreams = upstreams;
        this.routes = new UpstreamRoutes(configured, upstreams);
    }

    /**
     * Where a request is sent.
     *
     * @param upstream name of the upstream
     * @param entry index of the entry of {@code eventful.edge.routes} that selects it; -1 if none does
     * @param route the entry; null if none selects it
     * @param urls the URL at each target of the upstream, of which one is used; empty if there is no such upstream
     */
    public record Way(String upstream, int entry, EdgeSettings.@Nullable Route route, List<String> urls) {
        public Way {
            urls = List.copyOf(urls);
        }
    }

    /**
     * The head of a request, as the port passes it to matchers.
     *
     * @param target path and query, or an absolute URL, as a client sends it
     * @throws IllegalArgumentException for a request that the port refuses; the message says why
     */
    public static RequestHead head(String method, String target, String host, Fields fields) {
        if (!Http1RequestValidator.isToken(method))
            throw new IllegalArgumentException("\"" + method + "\" is not a method, such as PUT");
        if (method.equals("CONNECT")) throw new IllegalArgumentException("CONNECT is not supported");
        if (!Targets.isAuthority(host))
            throw new IllegalArgumentException("\"" + host + "\" is not a host with an optional port");
        // The decoder of the port produces one character per byte.
        String bytes = new String(target.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        Targets.Target parsed = Targets.parse(method, bytes);
        if (parsed == null)
            throw new IllegalArgumentException(
                    "\"" + target + "\" is neither a path, such as /customers/42, nor an absolute http URL, or"
                            + " contains a control character, a space or a fragment; percent-encode them");
        String authority = parsed.authority() == null ? host : parsed.authority();
        return Http1RequestValidator.head(method, parsed, fields, authority, "http", "");
    }

    /** Where matchers are installed. */
    public Routing routing() {
        return table;
    }

    /** What selects the upstream of calls that no route assigns to one. */
    public Destinations destinations() {
        return routes;
    }

    /** The handler of a request: an installed one, or the port's own below {@code /.eventful/}; empty if it is passed on. */
    public Optional<Handler> handler(RequestHead head) {
        return Optional.ofNullable(table.find(head)).map(RoutingTable.Served::handler);
    }

    /** Where a request goes that nobody handles. */
    public Way way(RequestHead head) {
        EdgeSettings.Route route = routes.find(head);
        return way(head, route.upstream(), route.stripped(), route);
    }

    /** Where a request goes that its handler sends to an upstream. */
    public Way way(RequestHead head, String upstream) {
        EdgeSettings.Route route = routes.find(head);
        return way(
                head,
                upstream,
                routes.stripped(upstream, head.authority(), head.path()),
                route.upstream().equals(upstream) ? route : null);
    }

    private Way way(RequestHead head, String upstream, String prefix, EdgeSettings.@Nullable Route route) {
        int entry = -1;
        for (int i = 0; i < configured.size(); i++) if (configured.get(i) == route) entry = i;
        UpstreamSettings.Upstream known = upstreams.upstreams().get(upstream);
        List<String> urls = known == null
                ? List.of()
                : known.bases().stream()
                        .map(base -> url(head, prefix, known, base))
                        .toList();
        return new Way(upstream, entry, entry < 0 ? null : route, urls);
    }

    private static String url(RequestHead head, String prefix, UpstreamSettings.Upstream upstream, URI base) {
        Targets.Target target = new Targets.Target(head.target(), head.target(), null);
        String path = Outgoing.target(
                new Http1RequestValidator.Admission.Admitted(head, target, Framing.NONE),
                prefix,
                new UpstreamTarget(upstream, base));
        return base.getScheme() + "://" + base.getRawAuthority() + path;
    }
}
