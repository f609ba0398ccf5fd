package io.eventful.edge;

import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;

/** One target of an upstream, with its health as seen by all event loops, which share this object. */
final class UpstreamTarget {

    private static final Standing WELL = new Standing(0, false, 0);

    private final String prefix;
    private final UpstreamSettings.HostPolicy host;
    private final RequestOptions options;
    private final UpstreamSettings.Ejection ejection;
    private volatile Standing standing = WELL;

    /** The targets of an upstream, in the order of the configuration. */
    static List<UpstreamTarget> of(UpstreamSettings.Upstream settings) {
        return settings.bases().stream()
                .map(base -> new UpstreamTarget(settings, base))
                .toList();
    }

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
        Standing seen = standing;
        if (!seen.out()) return true;
        if (now - seen.outUntil() < 0) return false;
        admit(seen);
        return true;
    }

    /** One more failure ejects it again. */
    private synchronized void admit(Standing seen) {
        if (standing == seen) standing = new Standing(ejection.failures() - 1, false, 0);
    }

    /** Only reads as long as all is well, so that the event loops do not wait for each other. */
    void answered() {
        if (standing != WELL) recovered();
    }

    private synchronized void recovered() {
        standing = WELL;
    }

    synchronized void failed(long now) {
        standing = standing.failed(now, ejection);
    }

    /** What the last calls say of the target. */
    private record Standing(int failures, boolean out, long outUntil) {

        Standing failed(long now, UpstreamSettings.Ejection ejection) {
            if (out) return this;
            boolean ejected = failures + 1 >= ejection.failures();
            return new Standing(
                    failures + 1, ejected, ejected ? now + ejection.time().toNanos() : 0);
        }
    }
}
