package io.eventful.edge;

import java.util.concurrent.CompletionStage;

/**
 * One request of a client, for a {@link Handler} to serve. All methods may be called from any thread; their stages
 * complete on the edge's event loop, so dependent stages must not block (a virtual thread may join them).
 *
 * <p>A handler must end the call by exactly one of the {@code answer} methods or {@link #proxy}; a call that is
 * dropped by its client fails the stages that are under way with {@link CallAbortedException}.
 */
public interface Call {

    RequestHead head();

    /**
     * Reads the body up to a limit, answering {@code Expect: 100-continue} first. Called at most once.
     *
     * @param limit bytes kept in memory
     */
    CompletionStage<Body> body(int limit);

    /**
     * Sends the request to an upstream, transparently, with whatever was read of the body and then the rest of it, and
     * gives back the reply when its head has arrived. The call is sent at most once. Fails with
     * {@link UpstreamException} when no reply head arrives; its {@code sent} says whether the upstream may have acted.
     * A client that goes away after its body has been taken in whole does not stop the exchange with the upstream: the
     * reply is still given back, and only {@code answer} fails.
     *
     * @param upstream name of the upstream
     */
    default CompletionStage<Reply> forward(String upstream) {
        return forward(upstream, ReadAhead.NOTHING);
    }

    /**
     * The same, with some of the reply's body: the reply is given back when that has arrived, so that who reads it need
     * not wait twice.
     *
     * @param ahead what {@link Reply#body} then has at once
     */
    CompletionStage<Reply> forward(String upstream, ReadAhead ahead);

    /** Size and digest of the request's body; complete when the body has been sent (or read) to its end. */
    CompletionStage<Digest> requestDigest();

    /** Passes the upstream's reply on to the client: what was read of its body, then the rest. Completes at its end. */
    default CompletionStage<Void> answer(Reply reply) {
        return answer(reply, Fields.NONE);
    }

    /** The same, with field lines of the gateway's own after those of the upstream. */
    CompletionStage<Void> answer(Reply reply, Fields extra);

    /** Answers with a reply of our own. */
    CompletionStage<Void> answer(Answer answer);

    /** Passes the whole call through to an upstream, streaming, as if there were no handler. */
    CompletionStage<Void> proxy(String upstream);
}
