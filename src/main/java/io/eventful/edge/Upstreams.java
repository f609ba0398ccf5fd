package io.eventful.edge;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The gateway's own calls to upstreams. A redirect to the same path with or without a trailing slash is followed once;
 * other redirects are not followed.
 */
public interface Upstreams {

    /** Names of the configured upstreams. */
    Set<String> names();

    /** Selects the upstream of calls that no route assigns to one. */
    default Destinations destinations() {
        return Destinations.DEFAULT;
    }

    /** True if a credential is configured for the upstream. */
    boolean hasCredential(String upstream);

    /**
     * Translates a path from an upstream's reply, such as in {@code Location}, to the path of the same resource at the
     * gateway: removes the base path of the upstream's URL and restores the prefix that was stripped from the request.
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
     * The end-to-end fields of a client's request as every upstream gets them when the request is passed on: with those
     * that describe the client ({@code eventful.edge.forwarded}).
     */
    Fields forwarded(RequestHead head);

    /**
     * GETs a resource with only the given fields, even if a credential is configured for the upstream. Used to find out
     * what a caller may read.
     */
    CompletionStage<Fetched> getAs(String upstream, String target, Fields fields, int limit);

    /** Sends a call of the gateway's own (a reversal, a command) with a body. */
    CompletionStage<Fetched> send(String upstream, String method, String target, Fields fields, byte[] body, int limit);

    /**
     * Sends a stored client request as it would have been forwarded: with the client's own fields and without the
     * upstream's credential. If the reply breaks off after its status, its body is partial.
     *
     * @param head with {@code Content-Length} when the request has a body, and without {@code Transfer-Encoding}
     * @param limit bytes read of the reply's body; beyond it the reply's body is {@link Body.Partial}
     */
    CompletionStage<Fetched> forward(String upstream, RequestHead head, byte[] body, int limit);

    /** A reply with its body. */
    record Fetched(int status, Fields fields, Body body) {}
}
