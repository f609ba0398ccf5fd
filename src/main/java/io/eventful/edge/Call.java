package io.eventful.edge;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * One client request, served by a {@link Handler}. All methods may be called from any thread; their stages complete on
 * the event loop of the edge, so dependent stages must not block (a virtual thread may join them).
 *
 * <p>A handler must end the call with exactly one of the {@code answer} methods or {@link #proxy}. If the client
 * disconnects, pending stages fail with {@link CallAbortedException}.
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
     * Forwards the request transparently to an upstream, including the part of the body that was read, and returns the
     * reply when its header section has arrived. The call is sent at most once. Fails with {@link UpstreamException} if no
     * reply arrives; its {@code sent} says whether the upstream may have executed the request. If the client disconnects
     * after its whole body was received, the exchange with the upstream continues: the reply is still returned, and only
     * {@code answer} fails.
     *
     * @param upstream name of the upstream
     */
    default CompletionStage<Reply> forward(String upstream) {
        return forward(upstream, ReadAhead.NOTHING);
    }

    /**
     * Like {@link #forward(String)}, but returns the reply only after the beginning of its body has arrived.
     *
     * @param ahead how much of the body to read first; {@link Reply#body} then returns it immediately
     */
    CompletionStage<Reply> forward(String upstream, ReadAhead ahead);

    /** Size and digest of the request body; completes when the body was sent (or read) to its end. */
    CompletionStage<Digest> requestDigest();

    /** Forwards the upstream's reply to the client, including the part of its body that was read. Completes at its end. */
    default CompletionStage<Void> answer(Reply reply) {
        return answer(reply, Fields.NONE);
    }

    /** Like {@link #answer(Reply)}, with additional field lines after those of the upstream. */
    CompletionStage<Void> answer(Reply reply, Fields extra);

    /** Sends a response of the gateway itself. */
    CompletionStage<Void> answer(Answer answer);

    /** Forwards the call to an upstream and streams the reply back, as if there were no handler. */
    default CompletionStage<Void> proxy(String upstream) {
        return proxy(upstream, Set.of());
    }

    /**
     * Like {@link #proxy(String)}, but without some header fields of the request.
     *
     * @param leftOut their names in lower case
     */
    CompletionStage<Void> proxy(String upstream, Set<String> leftOut);
}
