package io.eventful.edge;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The data port.
 *
 * @param port TCP port; 0 takes any free one
 * @param bind address to listen on
 * @param publicUrl base of the links in events, with a path when a proxy before us adds one; never taken from a Host header; null means {@code
 *     http://localhost:<port>}
 * @param forwarded how X-Forwarded-For, -Proto and -Host are sent
 * @param limits limits of time, size and number
 * @param tls certificate and key; none for clear text
 * @param routes routes to other upstreams than the default one
 * @param forwardedFields which fields {@code forwarded} applies to
 * @param via name of this gateway in the Via fields of requests and responses; null for none
 */
@ConfigurationProperties("eventful.edge")
public record EdgeSettings(
        @DefaultValue("8080") int port,
        @DefaultValue("0.0.0.0") String bind,
        @Nullable URI publicUrl,
        @DefaultValue("append") Forwarded forwarded,
        @DefaultValue Limits limits,
        @DefaultValue Tls tls,
        @DefaultValue List<Route> routes,
        @DefaultValue("x-forwarded") ForwardedFields forwardedFields,
        @Nullable String via) {

    /** Which fields describe the client. */
    public enum ForwardedFields {
        /** X-Forwarded-For, -Proto and -Host. */
        X_FORWARDED,
        /** Forwarded (RFC 7239). */
        FORWARDED,
        BOTH
    }

    /**
     * Assigns uncaptured requests to an upstream. The most specific matching route wins: first one with a host, then the
     * longest path.
     *
     * @param path prefix of the normalised path, whole segments; null for all
     * @param host without a port; null for all
     * @param upstream its name
     * @param stripPrefix whether {@code path} is removed from the forwarded request
     */
    public record Route(
            @Nullable String path,
            @Nullable String host,
            String upstream,
            @DefaultValue("false") boolean stripPrefix) {

        public Route {
            check(
                    path != null || host != null,
                    "path or host is missing; set one of them (all other requests go to the upstream default)");
            check(
                    path == null || (path.startsWith("/") && Targets.path(path).equals(prefix(path, "/"))),
                    "path must be a literal path such as /crm");
            check(host == null || Targets.isAuthority(host), "host must be a host name without a port");
            check(
                    upstream != null && !upstream.isEmpty(),
                    "upstream is missing; set it to the name of one of eventful.upstreams");
        }

        private static void check(boolean holds, String problem) {
            if (!holds) throw new IllegalArgumentException("eventful.edge.routes[]." + problem);
        }

        /** The path without a trailing slash; empty for all. */
        String prefix() {
            return path == null ? "" : prefix(path, "");
        }

        private static String prefix(String path, String root) {
            if (path.equals("/")) return root;
            return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        }

        String stripped() {
            return stripPrefix ? prefix() : "";
        }
    }

    /**
     * TLS of the data port, with HTTP/2 by ALPN; clear text without files. Changed files are used for new connections
     * within seconds, once they form a valid pair.
     *
     * @param certificate PEM file: the server certificate, followed by its chain
     * @param key PEM file: its private key (PKCS#8, or PKCS#1 for RSA)
     */
    public record Tls(
            @Nullable String certificate, @Nullable String key) {

        static final Tls NONE = new Tls(null, null);

        public Tls {
            if ((certificate == null) != (key == null)) {
                throw new IllegalArgumentException("eventful.edge.tls."
                        + (key == null ? "key" : "certificate")
                        + " is missing; TLS needs both a certificate and a key, as PEM files");
            }
        }

        /** True if both files are configured. */
        public boolean isOn() {
            return certificate != null;
        }
    }

    /** What the upstream is told about the client. */
    public enum Forwarded {
        /** Appends the client's address to X-Forwarded-For; adds Proto and Host unless a proxy in front has set them. */
        APPEND,
        /** Replaces what the client sent; for a port that clients reach directly. */
        REPLACE,
        /** Nothing is added or changed. */
        OFF
    }

    /**
     * Limits; all are enforced, none can be switched off.
     *
     * @param uri maximum length of the request line (414)
     * @param header maximum size of the header section (431)
     * @param connections maximum number of client connections (503)
     * @param headTimeout maximum time from the first byte of a request to the end of its header section (408)
     * @param bodyTimeout maximum time between two parts of a request body (408)
     * @param keepAlive idle time after which a client connection is closed
     * @param streamIdle maximum time without progress of a response body, of a client that reads it, or of a tunnel
     * @param memory total bytes of request bodies that handlers hold in memory (503)
     * @param drain maximum wait for running calls when the gateway stops
     * @param eventLoops event loops that serve the port; 0 takes one per processor
     * @param streams maximum number of concurrent streams per HTTP/2 connection; more are refused and can be retried
     * @param grace how long the port keeps serving after the gateway stops being ready
     * @param handlerTimeout maximum time that a handler of the gateway may leave a call without an action
     *     (504)
     * @param loopBlocked time after which a blocked event loop is logged, with its stack trace
     */
    public record Limits(
            @DefaultValue("16KB") DataSize uri,
            @DefaultValue("64KB") DataSize header,
            @DefaultValue("10000") int connections,
            @DefaultValue("10s") Duration headTimeout,
            @DefaultValue("30s") Duration bodyTimeout,
            @DefaultValue("75s") Duration keepAlive,
            @DefaultValue("10m") Duration streamIdle,
            @DefaultValue("128MB") DataSize memory,
            @DefaultValue("20s") Duration drain,
            @DefaultValue("0") int eventLoops,
            @DefaultValue("100") int streams,
            @DefaultValue("0s") Duration grace,
            @DefaultValue("5m") Duration handlerTimeout,
            @DefaultValue("2s") Duration loopBlocked) {

        private static final long MAX_LINE = DataSize.ofMegabytes(16).toBytes();

        public Limits {
            size("uri", uri, MAX_LINE);
            size("header", header, MAX_LINE);
            size("memory", memory, Long.MAX_VALUE);
            check(connections > 0, "connections must be at least 1, but is " + connections);
            check(eventLoops >= 0, "event-loops must be 0 (one per processor) or more, but is " + eventLoops);
            check(streams > 0, "streams must be at least 1, but is " + streams);
            time("head-timeout", headTimeout);
            time("body-timeout", bodyTimeout);
            time("keep-alive", keepAlive);
            time("stream-idle", streamIdle);
            time("handler-timeout", handlerTimeout);
            time("loop-blocked", loopBlocked);
            check(loopBlocked.toMillis() > 0, "loop-blocked must be at least 1ms");
            check(!drain.isNegative(), "drain must not be negative");
            check(!grace.isNegative(), "grace must not be negative");
        }

        private static void size(String name, DataSize value, long most) {
            String range = most == MAX_LINE ? "from 1B to 16MB" : "above 0";
            check(value.toBytes() > 0 && value.toBytes() <= most, name + " must be a size " + range + ", such as 64KB");
        }

        private static void time(String name, Duration value) {
            check(value.compareTo(Duration.ZERO) > 0, name + " must be a duration above 0, such as 10s");
        }

        private static void check(boolean holds, String problem) {
            if (!holds) throw new IllegalArgumentException("eventful.edge.limits." + problem);
        }
    }

    public EdgeSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("eventful.edge.port must be between 0 and 65535, but is " + port);
        }
        if (via != null && !via.matches("[A-Za-z0-9.:_-]+")) {
            throw new IllegalArgumentException(
                    "eventful.edge.via must be a host or a name such as edge-1, but is " + via);
        }
        if (publicUrl != null && !(isBase(publicUrl) && isPort(publicUrl))) {
            throw new IllegalArgumentException("eventful.edge.public-url must be an absolute http or https URL without"
                    + " query or user, its port at most 65535, such as https://api.example.com");
        }
    }

    /** The base of links in events, without a trailing slash; for port 0 see {@link EdgeServer#publicUrl()}. */
    public String publicBase() {
        return publicBase(port);
    }

    String publicBase(int realPort) {
        return Optional.ofNullable(publicUrl)
                .map(url -> url.getScheme().toLowerCase(Locale.ROOT) + "://" + url.getRawAuthority() + path(url))
                .orElse((tls.isOn() ? "https" : "http") + "://localhost:" + realPort);
    }

    static boolean isBase(URI url) {
        String path = url.getRawPath();
        return url.getScheme() != null
                && (url.getScheme().equalsIgnoreCase("http") || url.getScheme().equalsIgnoreCase("https"))
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && (path == null
                        || path.isEmpty()
                        || Targets.path(path).equals(path(url).isEmpty() ? "/" : path(url)));
    }

    /** Whether the port of a URL exists, if it has one. */
    static boolean isPort(URI url) {
        return url.getPort() == -1 || url.getPort() > 0 && url.getPort() <= 65535;
    }

    /** The path of a base URL without a trailing slash; empty if it has none. */
    static String path(URI base) {
        String path = base.getRawPath();
        if (path == null) return "";
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
