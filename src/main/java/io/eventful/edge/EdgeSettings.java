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
 * @param forwarded what becomes of X-Forwarded-For, -Proto and -Host
 * @param limits bounds of time, size and number
 * @param tls certificate and key; none for clear text
 * @param routes to other upstreams than the default one
 * @param forwardedFields which fields {@code forwarded} is about
 * @param via name of this gateway in Via fields of requests and replies; null for none
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

    /** Which fields tell of the client. */
    public enum ForwardedFields {
        /** X-Forwarded-For, -Proto and -Host. */
        X_FORWARDED,
        /** Forwarded (RFC 7239). */
        FORWARDED,
        BOTH
    }

    /**
     * Sends what nobody captures to an upstream. Of the routes that fit a request the most specific wins: one with a host
     * before one without, then the longest path.
     *
     * @param path prefix of the normalised path, whole segments; null for all
     * @param host without a port; null for all
     * @param upstream its name
     * @param stripPrefix whether {@code path} is taken off before the request goes on
     */
    public record Route(
            @Nullable String path,
            @Nullable String host,
            String upstream,
            @DefaultValue("false") boolean stripPrefix) {

        public Route {
            check(
                    path != null || host != null,
                    "path or host is missing; a route for everything is the default upstream");
            check(
                    path == null || (path.startsWith("/") && Targets.path(path).equals(prefix(path, "/"))),
                    "path must be a plain path such as /crm");
            check(host == null || Targets.isAuthority(host), "host must be a host name without a port");
            check(upstream != null && !upstream.isEmpty(), "upstream is missing; name one of eventful.upstreams");
        }

        private static void check(boolean holds, String problem) {
            if (!holds) throw new IllegalArgumentException("eventful.edge.routes[]." + problem);
        }

        /** The path without a slash at its end; empty for all. */
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
     * TLS of the data port, with HTTP/2 by ALPN; without files, clear text. Changed files are taken for new connections
     * within seconds, once they belong together.
     *
     * @param certificate PEM file: the server's certificate, then those that vouch for it
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

        /** True when both files are named. */
        public boolean isOn() {
            return certificate != null;
        }
    }

    /** What is told to the upstream of the client. */
    public enum Forwarded {
        /** The client's address is appended to X-Forwarded-For; Proto and Host are added unless a proxy before us did. */
        APPEND,
        /** What the client sent is replaced: for a port that clients reach directly and do not get to lie to. */
        REPLACE,
        /** Nothing is added or changed. */
        OFF
    }

    /**
     * Bounds; each is enforced, none can be switched off.
     *
     * @param uri longest request line (414)
     * @param header largest header section (431)
     * @param connections most client connections (503)
     * @param headTimeout longest time from the first byte of a request's head to its end (408)
     * @param bodyTimeout longest silence of a client that owes a body (408)
     * @param keepAlive idle time after which a client connection is closed
     * @param streamIdle longest silence of a reply's body, of a client that reads it, or of a tunnel
     * @param memory bytes that request bodies read by handlers may hold together (503)
     * @param drain longest wait for calls under way when the gateway stops
     * @param eventLoops event loops that serve the port; 0 takes one per processor
     * @param streams most calls at once on one HTTP/2 connection; more are refused, to be sent again
     * @param grace how long the port goes on as before when the gateway stops and is no longer ready
     * @param handlerTimeout longest time that a handler of the gateway keeps a call waiting without doing anything to it
     *     (504)
     * @param loopBlocked time after which an event loop that does one thing only is warned of, with what it does
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
            check(connections > 0, "connections must be at least 1, not " + connections);
            check(eventLoops >= 0, "event-loops must be 0 (one per processor) or more, not " + eventLoops);
            check(streams > 0, "streams must be at least 1, not " + streams);
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
            check(value.toBytes() > 0 && value.toBytes() <= most, name + " must be a size above 0, such as 64KB");
        }

        private static void time(String name, Duration value) {
            check(value.compareTo(Duration.ZERO) > 0, name + " must be a time above 0, such as 10s");
        }

        private static void check(boolean holds, String problem) {
            if (!holds) throw new IllegalArgumentException("eventful.edge.limits." + problem);
        }
    }

    public EdgeSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("eventful.edge.port must be 0 to 65535, not " + port);
        }
        if (via != null && !via.matches("[A-Za-z0-9.:_-]+")) {
            throw new IllegalArgumentException("eventful.edge.via must be a host or a name such as edge-1, not " + via);
        }
        if (publicUrl != null && !isBase(publicUrl)) {
            throw new IllegalArgumentException("eventful.edge.public-url must be an absolute http or https URL without"
                    + " query or user, such as https://api.example.com");
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

    /** The path of a base, without a slash at its end; empty when it has none. */
    static String path(URI base) {
        String path = base.getRawPath();
        if (path == null) return "";
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
