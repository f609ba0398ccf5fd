package io.eventful.edge;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The systems behind the gateway, by name ({@code eventful.upstreams.<name>}). There is always one named {@code
 * default}; unless configured it is {@code http://127.0.0.1:9000}.
 */
@ConfigurationProperties("eventful")
public record UpstreamSettings(@DefaultValue Map<String, Upstream> upstreams) {

    /** Name of the upstream that answers what nobody else does. */
    public static final String DEFAULT = "default";

    private static final URI DEFAULT_URL = URI.create("http://127.0.0.1:9000");

    /**
     * One system.
     *
     * @param url base: scheme, host, port, and a path that is put before every request's. TLS server name and
     *     certificate check always use its host
     * @param targets several such bases of the same system, instead of {@code url}: taken in turn
     * @param protocol towards it
     * @param timeout longest wait for the head of a reply once the request is sent, and for a connection
     * @param connectTimeout longest wait for the network to connect; never more than {@code timeout}
     * @param host the Host field sent: {@code keep} (the client's), {@code upstream} (the URL's) or a name; null means
     *     keep for http, upstream for https
     * @param credential of the gateway's own calls
     * @param connections most connections to it
     * @param tls own trust and certificate, for https
     * @param ejection when a target is left out for a while
     */
    public record Upstream(
            @Nullable URI url,
            @DefaultValue List<URI> targets,
            @DefaultValue("auto") Protocol protocol,
            @DefaultValue("30s") Duration timeout,
            @DefaultValue("10s") Duration connectTimeout,
            @Nullable String host,
            @DefaultValue Credential credential,
            @DefaultValue("1024") int connections,
            @DefaultValue Tls tls,
            @DefaultValue Ejection ejection) {

        Upstream at(URI base) {
            return new Upstream(
                    base, targets, protocol, timeout, connectTimeout, host, credential, connections, tls, ejection);
        }

        URI base() {
            return url == null ? DEFAULT_URL : url;
        }

        /** All bases; the one of {@code url} when no targets are named. */
        List<URI> bases() {
            return targets.isEmpty() ? List.of(base()) : targets;
        }

        boolean isTls() {
            return "https".equalsIgnoreCase(bases().getFirst().getScheme());
        }

        /** What is sent as Host to one of the bases. */
        HostPolicy hostPolicy(URI base) {
            String value = host == null ? (isTls() ? "upstream" : "keep") : host;
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "keep" -> new HostPolicy.Keep();
                case "upstream" -> new HostPolicy.Fixed(base.getRawAuthority());
                default -> new HostPolicy.Fixed(value);
            };
        }
    }

    /** HTTP towards an upstream. */
    public enum Protocol {
        /** HTTP/1.1 in clear text; with TLS what ALPN finds, HTTP/2 at best. */
        AUTO,
        HTTP1,
        /** HTTP/2 with TLS. */
        H2,
        /** HTTP/2 in clear text, with prior knowledge. */
        H2C
    }

    /**
     * TLS towards an upstream.
     *
     * @param ca PEM file of the authorities trusted, instead of Java's; null for those
     * @param certificate PEM file of the gateway's own certificate, for upstreams that ask for one
     * @param key PEM file of its private key
     */
    public record Tls(
            @Nullable String ca,
            @Nullable String certificate,
            @Nullable String key) {
        static final Tls NONE = new Tls(null, null, null);

        boolean isSet() {
            return ca != null || certificate != null || key != null;
        }
    }

    /**
     * When a target is left out: calls that bring no reply count, one that brings any forgets them.
     *
     * @param failures in a row
     * @param time for which it is left out, unless all are
     */
    public record Ejection(
            @DefaultValue("5") int failures,
            @DefaultValue("10s") Duration time) {
        static final Ejection DEFAULT = new Ejection(5, Duration.ofSeconds(10));
    }

    /** What is sent as Host. */
    sealed interface HostPolicy {
        record Keep() implements HostPolicy {}

        record Fixed(String authority) implements HostPolicy {}
    }

    /**
     * Credential of the gateway's own calls; never printed.
     *
     * @param bearer token; null for none
     */
    public record Credential(@Nullable String bearer) {
        @Override
        public String toString() {
            return bearer == null ? "none" : "***";
        }
    }

    public UpstreamSettings {
        Map<String, Upstream> all = new LinkedHashMap<>(upstreams);
        all.forEach((name, upstream) -> require(
                upstream.url() == null || upstream.targets().isEmpty(),
                "eventful.upstreams." + name + ".targets and .url are both set; leave one of them out"));
        all.putIfAbsent(
                DEFAULT,
                new Upstream(
                        null,
                        List.of(),
                        Protocol.AUTO,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        null,
                        new Credential(null),
                        1024,
                        Tls.NONE,
                        Ejection.DEFAULT));
        all.computeIfPresent(DEFAULT, (name, upstream) -> upstream.at(upstream.base()));
        all.forEach(UpstreamSettings::check);
        upstreams = Collections.unmodifiableMap(all);
    }

    /** Where the default upstream is. */
    public URI defaultUrl() {
        Upstream upstream = upstreams.get(DEFAULT);
        return upstream == null ? DEFAULT_URL : upstream.bases().getFirst();
    }

    private static void check(String name, Upstream upstream) {
        String path = "eventful.upstreams." + name;
        boolean named = !upstream.targets().isEmpty();
        require(
                upstream.url() != null || named || name.equals(DEFAULT),
                path + ".url is missing; give the base of the system, such as http://127.0.0.1:9000");
        for (URI base : upstream.bases()) {
            require(
                    EdgeSettings.isBase(base),
                    path + (named ? ".targets" : ".url")
                            + " must be an http or https URL without query or user, such as http://127.0.0.1:9000");
            require(
                    base.getScheme()
                            .equalsIgnoreCase(upstream.bases().getFirst().getScheme()),
                    path + ".targets must all be http or all https");
        }
        boolean tls = upstream.isTls();
        require(
                upstream.protocol() != Protocol.H2C || !tls,
                path + ".protocol h2c is clear text; take h2 for an https URL");
        require(upstream.protocol() != Protocol.H2 || tls, path + ".protocol h2 needs an https URL; take h2c for http");
        require(tls || !upstream.tls().isSet(), path + ".tls is set, but the URL is http; it must be https");
        require(
                (upstream.tls().certificate() == null) == (upstream.tls().key() == null),
                path + ".tls needs both certificate and key, as PEM files");
        require(upstream.ejection().failures() > 0, path + ".ejection.failures must be at least 1");
        require(
                upstream.ejection().time().compareTo(Duration.ZERO) > 0,
                path + ".ejection.time must be a time above 0, such as 10s");
        require(
                upstream.connectTimeout().compareTo(Duration.ZERO) > 0,
                path + ".connect-timeout must be a time above 0, such as 10s");
        require(upstream.timeout().compareTo(Duration.ZERO) > 0, path + ".timeout must be a time above 0, such as 30s");
        require(upstream.connections() > 0, path + ".connections must be at least 1");
        String host = upstream.host();
        require(
                host == null || Targets.isAuthority(host),
                path + ".host must be keep, upstream or a host name with an optional port");
    }

    private static void require(boolean holds, String problem) {
        if (!holds) throw new IllegalArgumentException(problem);
    }
}
