package io.eventful.edge;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
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
     * @param url base: scheme, host and port. TLS server name and certificate check always use its host
     * @param timeout longest wait for the head of a reply once the request is sent, and for a connection
     * @param host the Host field sent: {@code keep} (the client's), {@code upstream} (the URL's) or a name; null means
     *     keep for http, upstream for https
     * @param credential of the gateway's own calls
     * @param connections most connections to it
     */
    public record Upstream(
            @Nullable URI url,
            @DefaultValue("30s") Duration timeout,
            @Nullable String host,
            @DefaultValue Credential credential,
            @DefaultValue("1024") int connections) {

        Upstream at(URI base) {
            return new Upstream(base, timeout, host, credential, connections);
        }

        URI base() {
            return url == null ? DEFAULT_URL : url;
        }

        boolean tls() {
            return "https".equalsIgnoreCase(base().getScheme());
        }

        int port() {
            int port = base().getPort();
            return port >= 0 ? port : tls() ? 443 : 80;
        }

        /** Host for connecting and for the certificate: an IPv6 literal without its brackets. */
        String address() {
            String host = base().getHost();
            return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        }

        HostPolicy hostPolicy() {
            String value = host == null ? (tls() ? "upstream" : "keep") : host;
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "keep" -> new HostPolicy.Keep();
                case "upstream" -> new HostPolicy.Fixed(base().getRawAuthority());
                default -> new HostPolicy.Fixed(value);
            };
        }
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
        all.putIfAbsent(DEFAULT, new Upstream(null, Duration.ofSeconds(30), null, new Credential(null), 1024));
        all.computeIfPresent(DEFAULT, (name, upstream) -> upstream.at(upstream.base()));
        all.forEach(UpstreamSettings::check);
        upstreams = Collections.unmodifiableMap(all);
    }

    /** Where the default upstream is. */
    public URI defaultUrl() {
        Upstream upstream = upstreams.get(DEFAULT);
        return upstream == null ? DEFAULT_URL : upstream.base();
    }

    private static void check(String name, Upstream upstream) {
        String path = "eventful.upstreams." + name;
        require(
                upstream.url() != null || name.equals(DEFAULT),
                path + ".url is missing; give the base of the system, such as http://127.0.0.1:9000");
        require(
                EdgeSettings.isBase(upstream.base()),
                path + ".url must be an http or https URL without path, query or user, such as http://127.0.0.1:9000");
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
