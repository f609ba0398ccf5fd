package io.eventful.edge;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.net.HostAndPort;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Copies header fields without the hop-by-hop ones (RFC 9110 §7.6.1), in their order and spelling. */
final class HopByHopFields {

    private static final String CONNECTION = "connection";

    private static final Set<String> OF_ONE_HOP = Set.of(
            "connection", "proxy-connection", "keep-alive", "te", "transfer-encoding", "upgrade", "http2-settings");

    /** Never removed by a Connection field: otherwise a client could remove fields that the upstream relies on. */
    private static final Set<String> END_TO_END = Set.of(
            "host",
            "content-length",
            "content-type",
            "authorization",
            "cookie",
            "expect",
            "cache-control",
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-forwarded-host");

    private HopByHopFields() {}

    /**
     * Fields of a request for the next hop.
     *
     * @param upgrade the requested protocol if the connection may become a tunnel; empty otherwise
     */
    static void request(
            Http1RequestValidator.Admission.Admitted request,
            UpstreamSettings.HostPolicy host,
            Forwarding forwarding,
            String upgrade,
            MultiMap out) {
        RequestHead head = request.head();
        Set<String> named = named(head.fields().all("connection"));
        boolean trailers = false;
        boolean hasHost = false;
        for (Fields.Field field : head.fields().entries()) {
            String name = field.name();
            if (name.equalsIgnoreCase("host")) {
                hasHost = true;
                out.add(
                        name,
                        host instanceof UpstreamSettings.HostPolicy.Fixed fixed ? fixed.authority() : field.value());
            } else if (!isOfOneHop(name, named)) {
                out.add(name, field.value());
            } else if (name.equalsIgnoreCase("te")) {
                trailers |= field.value().toLowerCase(Locale.ROOT).contains("trailers");
            }
        }
        if (!hasHost && host instanceof UpstreamSettings.HostPolicy.Fixed fixed) out.add("Host", fixed.authority());
        if (!upgrade.isEmpty()) {
            out.add("Connection", "Upgrade");
            out.add("Upgrade", upgrade);
        } else if (trailers) {
            out.add("Connection", "TE");
            out.add("TE", "trailers");
        }
        forwarding.request(head, out);
    }

    /** Converts request fields to HTTP/2: Host becomes :authority, Connection is removed (RFC 9113 §8). */
    static void toHttp2(HttpClientRequest request) {
        MultiMap fields = request.headers();
        String host = fields.get("host");
        HostAndPort authority = host == null ? null : HostAndPort.parseAuthority(host, -1);
        if (authority != null) request.authority(authority);
        fields.remove("host");
        fields.remove("connection");
    }

    /** Fields as they are kept, or sent in a request of the gateway's own. */
    static Fields endToEnd(Fields fields) {
        Set<String> named = named(fields.all(CONNECTION));
        return new Fields(fields.entries().stream()
                .filter(field -> !isOfOneHop(field.name(), named))
                .toList());
    }

    /** Fields of a reply for the client. */
    static void reply(MultiMap from, MultiMap out) {
        Set<String> named = named(from.getAll("connection"));
        for (Map.Entry<String, String> field : from) {
            if (!isOfOneHop(field.getKey(), named)) out.add(field.getKey(), field.getValue());
        }
    }

    /** Lower-case names, as HTTP/2 requires; Vert.x does not convert them in interim responses. */
    static MultiMap inLowerCase(MultiMap fields) {
        MultiMap lower = MultiMap.caseInsensitiveMultiMap();
        fields.forEach((name, value) -> lower.add(name.toLowerCase(Locale.ROOT), value));
        return lower;
    }

    private static boolean isOfOneHop(String name, Set<String> named) {
        int length = name.length();
        if (named.isEmpty() && length != 2 && length != 7 && length != 10 && length < 14) return false;
        String lower = name.toLowerCase(Locale.ROOT);
        return OF_ONE_HOP.contains(lower) || (named.contains(lower) && !END_TO_END.contains(lower));
    }

    private static Set<String> named(Iterable<String> connection) {
        Set<String> names = Set.of();
        for (String value : connection) {
            for (String option : value.split(",")) {
                String name = option.strip().toLowerCase(Locale.ROOT);
                if (name.isEmpty() || name.equals("close") || name.equals("keep-alive")) continue;
                if (names.isEmpty()) names = new HashSet<>();
                names.add(name);
            }
        }
        return names;
    }

    /**
     * Whether the Connection field contains {@code close} among other options (RFC 9112 §9.6); Vert.x handles only a sole
     * {@code close}.
     */
    static boolean isCloseAmongOthers(Fields request) {
        for (Fields.Field field : request.entries()) {
            if (field.name().length() != CONNECTION.length() || field.value().indexOf(',') < 0) continue;
            if (!field.name().equalsIgnoreCase(CONNECTION)) continue;
            for (String option : field.value().split(",", -1))
                if (option.strip().equalsIgnoreCase("close")) return true;
        }
        return false;
    }

    /** The requested protocol of an upgrade, or empty: h2c is not supported, and only a GET can be upgraded (RFC 9110 §7.8). */
    static String upgrade(RequestHead head) {
        if (!head.method().equals("GET")) return "";
        String protocol = head.fields().first("upgrade").orElse("");
        if (protocol.isEmpty() || protocol.toLowerCase(Locale.ROOT).startsWith("h2c")) return "";
        return named(head.fields().all("connection")).contains("upgrade") ? protocol : "";
    }
}
