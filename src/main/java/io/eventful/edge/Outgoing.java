package io.eventful.edge;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A request as it is sent to an upstream.
 *
 * @param target raw
 * @param fields adds the header fields
 * @param upgrade the protocol to switch to; empty for none
 * @param expectation whether the client waits for 100 (Continue)
 */
record Outgoing(
        HttpMethod method,
        String target,
        Gate.Framing framing,
        Consumer<MultiMap> fields,
        String upgrade,
        Expectation expectation) {

    enum Expectation {
        NONE,
        CONTINUE
    }

    /** RFC 9110 §9.2.2. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    /** True when sending it a second time cannot do more than once. */
    boolean isRepeatable() {
        return framing == Gate.Framing.NONE && IDEMPOTENT.contains(method.name());
    }

    /** The client's request, for an upstream. */
    static Outgoing of(
            Gate.Admission.Admitted request, UpstreamSettings.Upstream upstream, EdgeSettings.Forwarded forwarded) {
        RequestHead head = request.head();
        String upgrade = Hops.upgrade(head);
        UpstreamSettings.HostPolicy host = upstream.hostPolicy();
        // An absolute-form target overrides Host (RFC 9112 §3.2.2), so it cannot stay when Host is replaced.
        boolean keep = host instanceof UpstreamSettings.HostPolicy.Keep;
        return new Outgoing(
                HttpMethod.valueOf(head.method()),
                keep ? request.target().wire() : request.target().origin(),
                request.framing(),
                out -> Hops.request(request, host, forwarded, upgrade, out),
                upgrade,
                expects(head) ? Expectation.CONTINUE : Expectation.NONE);
    }

    static boolean expects(RequestHead head) {
        return head.fields()
                .first("expect")
                .filter("100-continue"::equalsIgnoreCase)
                .isPresent();
    }
}
