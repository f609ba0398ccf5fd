package io.eventful.edge;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The gateway's own calls to the named upstreams, apart from clients' calls. A redirect to the same path with or without a
 * slash at its end is followed, once; no other one is.
 */
public interface Upstreams {

    /** Names in the configuration. */
    Set<String> names();

    /** Where calls go for which nobody names an upstream. */
    default Destinations destinations() {
        return Destinations.DEFAULT;
    }

    /** True when the upstream has a credential of its own configured. */
    boolean hasCredential(String upstream);

    /**
     * Translates a path in a reply of an upstream, such as in its {@code Location}, to the path by which clients of
     * the gateway reach the same resource: the path of the upstream's URL is taken off, and the prefix that the
     * request lost on its way is put back.
     */
    default String seenAs(String upstream, RequestHead head, String path) {
        return path;
    }

    /**
     * GETs a resource for an image. The upstream's configured credential and {@code Accept: application/json} are
     * added when it has one; otherwise the given fields are sent as they are.
     *
     * @param upstream name of the upstream
     * @param target raw path and query
     * @param fields the caller's {@code Authorization} and {@code Cookie}, or none
     * @param limit bytes read of the body; beyond it the reply's body is {@link Body.Partial}
     */
    CompletionStage<Fetched> get(String upstream, String target, Fields fields, int limit);

    /**
     * GETs a resource with the given fields alone, also when the upstream has a credential configured: what a caller may
     * see is asked with what the caller has.
     */
    CompletionStage<Fetched> getAs(String upstream, String target, Fields fields, int limit);

    /** Sends a call of the gateway's own (a reversal, a command) with a body. */
    CompletionStage<Fetched> send(String upstream, String method, String target, Fields fields, byte[] body, int limit);

    /**
     * Sends a client's request that was kept, as its call would have been forwarded: with the client's own fields, and
     * none of the upstream's credential. A reply that breaks off has told its status: its body is partial then.
     *
     * @param head with {@code Content-Length} when the request has a body, and without {@code Transfer-Encoding}
     * @param limit bytes read of the reply's body; beyond it the reply's body is {@link Body.Partial}
     */
    CompletionStage<Fetched> forward(String upstream, RequestHead head, byte[] body, int limit);

    /** A reply, read. */
    record Fetched(int status, Fields fields, Body body) {}
}
