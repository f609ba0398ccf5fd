package io.eventful.edge;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A request as it is sent to an upstream.
 *
 * @param target raw, for a server
 * @param fields adds the header fields for a server
 * @param upgrade the protocol to switch to; empty for none
 * @param expectation whether the client waits for 100 (Continue)
 */
record Outgoing(
        HttpMethod method,
        Function<UpstreamTarget, String> target,
        Gate.Framing framing,
        BiConsumer<UpstreamTarget, MultiMap> fields,
        String upgrade,
        Expectation expectation) {

    enum Expectation {
        NONE,
        CONTINUE
    }

    /** Of the idempotent methods, those that are not safe (RFC 9110 §9.2.1). */
    private static final Set<String> WRITES = Set.of("PUT", "DELETE");

    /** Unauthorized, Forbidden, Proxy Authentication Required. */
    private static final Set<Integer> ACCESS = Set.of(401, 403, 407);

    /** RFC 9110 §9.2.2. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    /** True when sending it a second time cannot do more than once. */
    boolean isRepeatable() {
        return framing == Gate.Framing.NONE && IDEMPOTENT.contains(method.name());
    }

    /**
     * Whether the reply to a repeat holds for the first time as well, of which no reply came. A write may have been done
     * then, and just that be why it is refused now (a 404 to a DELETE); who is not let in was not let in before either.
     */
    boolean isSettledBy(int status) {
        return !WRITES.contains(method.name()) || status < 400 || ACCESS.contains(status);
    }

    /**
     * The client's request, for an upstream.
     *
     * @param prefix taken off its path; empty for none
     */
    static Outgoing of(Gate.Admission.Admitted request, String prefix, Forwarding forwarding) {
        RequestHead head = request.head();
        String upgrade = Hops.upgrade(head);
        return new Outgoing(
                HttpMethod.valueOf(head.method()),
                to -> target(request, prefix, to),
                request.framing(),
                (to, out) -> Hops.request(request, to.host(), forwarding, upgrade, out),
                upgrade,
                expects(head) ? Expectation.CONTINUE : Expectation.NONE);
    }

    private static String target(Gate.Admission.Admitted request, String prefix, UpstreamTarget to) {
        // An absolute-form target overrides Host (RFC 9112 §3.2.2), so it cannot stay when Host is replaced.
        boolean keep = to.host() instanceof UpstreamSettings.HostPolicy.Keep && !to.hasPath() && prefix.isEmpty();
        return keep
                ? request.target().wire()
                : to.path(Targets.without(prefix, request.target().origin()));
    }

    static boolean expects(RequestHead head) {
        return head.fields()
                .first("expect")
                .filter("100-continue"::equalsIgnoreCase)
                .isPresent();
    }
}
