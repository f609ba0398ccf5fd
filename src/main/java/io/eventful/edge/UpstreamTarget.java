package io.eventful.edge;

import io.vertx.core.http.RequestOptions;
import java.net.URI;

/** One target of an upstream, with its health as seen by one event loop. */
final class UpstreamTarget {

    private final String prefix;
    private final UpstreamSettings.HostPolicy host;
    private final RequestOptions options;
    private final UpstreamSettings.Ejection ejection;
    private int failures;
    private long outUntil;
    private boolean out;

    UpstreamTarget(UpstreamSettings.Upstream settings, URI base) {
        this.prefix = EdgeSettings.path(base);
        this.host = settings.hostPolicy(base);
        this.ejection = settings.ejection();
        boolean tls = settings.isTls();
        int port = base.getPort() >= 0 ? base.getPort() : tls ? 443 : 80;
        this.options = new RequestOptions()
                .setHost(address(base))
                .setPort(port)
                .setSsl(tls)
                .setConnectTimeout(settings.timeout().toMillis());
    }

    /** Host for connecting and for the certificate: an IPv6 literal without its brackets. */
    static String address(URI base) {
        String host = base.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    UpstreamSettings.HostPolicy host() {
        return host;
    }

    RequestOptions options() {
        return options;
    }

    /**
     * The target to send for a path and query: without a path prefix, and below the base path of this target. It stays raw,
     * but where a path is removed or put before it, its dot segments are removed first: they would undo that.
     *
     * @param stripped prefix to remove; empty for none
     */
    String path(String stripped, String origin) {
        if (stripped.isEmpty() && prefix.isEmpty()) return origin;
        String rest = Targets.without(stripped, Targets.withoutDots(origin));
        return rest.startsWith("/") ? prefix + rest : rest;
    }

    boolean hasPath() {
        return !prefix.isEmpty();
    }

    /** False while the target is ejected. */
    boolean isIn(long now) {
        if (out && now - outUntil >= 0) {
            out = false;
            // One more failure ejects it again.
            failures = ejection.failures() - 1;
        }
        return !out;
    }

    void answered() {
        failures = 0;
        out = false;
    }

    void failed(long now) {
        failures++;
        if (failures < ejection.failures() || out) return;
        out = true;
        outUntil = now + ejection.time().toNanos();
    }
}
