package io.eventful.edge;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A request to an upstream.
 *
 * @param target gives the raw request target for a target server
 * @param fields adds the header fields for a target server
 * @param upgrade the protocol to switch to; empty for none
 * @param expectation whether the client waits for 100 (Continue)
 */
record Outgoing(
        HttpMethod method,
        Function<UpstreamTarget, String> target,
        Http1RequestValidator.Framing framing,
        BiConsumer<UpstreamTarget, MultiMap> fields,
        String upgrade,
        Expectation expectation) {

    enum Expectation {
        NONE,
        CONTINUE
    }

    /** The idempotent methods that are not safe (RFC 9110 §9.2.1). */
    private static final Set<String> WRITES = Set.of("PUT", "DELETE");

    /** Unauthorized, Forbidden, Proxy Authentication Required. */
    private static final Set<Integer> ACCESS = Set.of(401, 403, 407);

    /** RFC 9110 §9.2.2. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    /** True if sending the request twice has the same effect as sending it once. */
    boolean isRepeatable() {
        return framing == Http1RequestValidator.Framing.NONE && IDEMPOTENT.contains(method.name());
    }

    /**
     * Whether the reply to a repeated request also answers the first attempt, whose reply was lost. An error reply to a
     * write does not: the first attempt may have succeeded, and the repeat fails because of that (a 404 to a DELETE). A
     * 401, 403 or 407 does, because the first attempt was rejected in the same way.
     */
    boolean isSettledBy(int status) {
        return !WRITES.contains(method.name()) || status < 400 || ACCESS.contains(status);
    }

    /**
     * The client's request, to be forwarded to an upstream.
     *
     * @param prefix prefix to remove from the path; empty for none
     */
    static Outgoing of(Http1RequestValidator.Admission.Admitted request, String prefix, Forwarding forwarding) {
        RequestHead head = request.head();
        String upgrade = HopByHopFields.upgrade(head);
        return new Outgoing(
                HttpMethod.valueOf(head.method()),
                to -> target(request, prefix, to),
                request.framing(),
                (to, out) -> HopByHopFields.request(request, to.host(), forwarding, upgrade, out),
                upgrade,
                head.fields().expectContinue() ? Expectation.CONTINUE : Expectation.NONE);
    }

    static String target(Http1RequestValidator.Admission.Admitted request, String prefix, UpstreamTarget to) {
        // An absolute-form target overrides Host (RFC 9112 §3.2.2), so it cannot stay when Host is replaced.
        boolean keep = to.host() instanceof UpstreamSettings.HostPolicy.Keep && !to.hasPath() && prefix.isEmpty();
        return keep ? request.target().wire() : to.path(prefix, request.target().origin());
    }
}
