package io.eventful.edge;

import io.eventful.config.Limits;
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
 * The upstreams by name ({@code eventful.upstreams.<name>}). There is always one named {@code
 * default}; unless configured it is {@code http://127.0.0.1:9000}.
 */
@ConfigurationProperties("eventful")
public record UpstreamSettings(@DefaultValue Map<String, Upstream> upstreams) {

    /** Name of the upstream that serves all other requests. */
    public static final String DEFAULT = "default";

    private static final URI DEFAULT_URL = URI.create("http://127.0.0.1:9000");

    /**
     * One upstream.
     *
     * @param url base URL: scheme, host, port, and a path that is prepended to every request path. TLS server name and
     *     certificate check always use its host
     * @param targets several base URLs of the same system, instead of {@code url}; used round-robin
     * @param protocol HTTP version
     * @param timeout maximum wait for a connection, and for the header section of a reply after the request was sent
     * @param connectTimeout maximum wait for a TCP connection; never more than {@code timeout}
     * @param host the Host field sent: {@code keep} (the client's), {@code upstream} (the URL's) or a name; null means
     *     keep for http, upstream for https
     * @param credential credential for the gateway's own calls
     * @param connections maximum number of connections
     * @param tls trusted authorities and client certificate, for https
     * @param ejection when a failing target is not used for a while
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

        /** All base URLs; the one of {@code url} if no targets are configured. */
        List<URI> bases() {
            return targets.isEmpty() ? List.of(base()) : targets;
        }

        boolean isTls() {
            return "https".equalsIgnoreCase(bases().getFirst().getScheme());
        }

        /** The Host field for a base URL. */
        HostPolicy hostPolicy(URI base) {
            String value = host == null ? (isTls() ? "upstream" : "keep") : host;
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "keep" -> new HostPolicy.Keep();
                case "upstream" -> new HostPolicy.Fixed(base.getRawAuthority());
                default -> new HostPolicy.Fixed(value);
            };
        }
    }

    /** HTTP version of an upstream. */
    public enum Protocol {
        /** HTTP/1.1 in clear text; with TLS, HTTP/2 or HTTP/1.1 by ALPN. */
        AUTO,
        HTTP1,
        /** HTTP/2 with TLS. */
        H2,
        /** HTTP/2 in clear text, with prior knowledge. */
        H2C
    }

    /**
     * TLS to an upstream.
     *
     * @param ca PEM file of the trusted authorities, instead of those of the JDK; null for the JDK's
     * @param certificate PEM file of the client certificate, for upstreams that require one
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
     * Ejection of a failing target: calls without a reply count as failures; any reply resets the count.
     *
     * @param failures number of consecutive failures
     * @param time how long the target is not used, unless all targets are ejected
     */
    public record Ejection(
            @DefaultValue("5") int failures,
            @DefaultValue("10s") Duration time) {
        static final Ejection DEFAULT = new Ejection(5, Duration.ofSeconds(10));
    }

    /** How the Host field is set. */
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
                "eventful.upstreams." + name + ".targets and .url are both set; remove one of them"));
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

    /** URL of the default upstream. */
    public URI defaultUrl() {
        Upstream upstream = upstreams.get(DEFAULT);
        return upstream == null ? DEFAULT_URL : upstream.bases().getFirst();
    }

    /** The keys with a URL that is certainly that of a port of this machine. */
    public List<String> keysOf(String bind, int port) {
        OwnAddress own = new OwnAddress(bind, port);
        return upstreams.entrySet().stream()
                .filter(each -> each.getValue().bases().stream().anyMatch(own::isCertainlyAt))
                .map(each -> key(each.getKey(), each.getValue()))
                .toList();
    }

    private static String key(String name, Upstream upstream) {
        return "eventful.upstreams." + name + (upstream.targets().isEmpty() ? ".url" : ".targets");
    }

    private static void check(String name, Upstream upstream) {
        String path = "eventful.upstreams." + name;
        boolean named = !upstream.targets().isEmpty();
        require(
                upstream.url() != null || named || name.equals(DEFAULT),
                path + ".url is missing; set it to the base URL of the system, such as http://127.0.0.1:9000");
        for (URI base : upstream.bases()) {
            require(
                    EdgeSettings.isBase(base),
                    key(name, upstream)
                            + " must be an http or https URL without query or user, such as http://127.0.0.1:9000");
            require(
                    EdgeSettings.isPort(base),
                    key(name, upstream) + " has a port that does not exist; use one from 1 to 65535, or none");
            require(
                    base.getScheme()
                            .equalsIgnoreCase(upstream.bases().getFirst().getScheme()),
                    path + ".targets must all be http or all https");
        }
        boolean tls = upstream.isTls();
        require(
                upstream.protocol() != Protocol.H2C || !tls,
                path + ".protocol h2c is clear text; use h2 for an https URL");
        require(
                upstream.protocol() != Protocol.H2 || tls,
                path + ".protocol h2 requires an https URL; use h2c for http");
        require(tls || !upstream.tls().isSet(), path + ".tls is set, but the URL is http; use an https URL");
        require(
                (upstream.tls().certificate() == null) == (upstream.tls().key() == null),
                path + ".tls needs both certificate and key, as PEM files");
        require(upstream.ejection().failures() > 0, path + ".ejection.failures must be at least 1");
        require(
                upstream.ejection().time().compareTo(Duration.ZERO) > 0,
                path + ".ejection.time must be a duration above 0, such as 10s");
        require(
                upstream.connectTimeout().compareTo(Duration.ZERO) > 0,
                path + ".connect-timeout must be a duration above 0, such as 10s");
        require(
                upstream.timeout().compareTo(Duration.ZERO) > 0,
                path + ".timeout must be a duration above 0, such as 30s");
        require(upstream.connections() > 0, path + ".connections must be at least 1");
        String bearer = upstream.credential().bearer();
        if (bearer != null) new Limits(path + ".credential.").field("bearer", bearer);
        String host = upstream.host();
        require(
                host == null || Targets.isAuthority(host),
                path + ".host must be keep, upstream or a host name with an optional port");
    }

    private static void require(boolean holds, String problem) {
        if (!holds) throw new IllegalArgumentException(problem);
    }
}
