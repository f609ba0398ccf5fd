package io.eventful.edge;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call that goes through as it is: no copy in memory, no thread; each side waits for the other. */
final class PassThrough implements UpstreamCall.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(PassThrough.class);

    /** How long a chunked request's head waits for its first chunk, so that a malformed one is never forwarded. */
    private static final long FIRST_CHUNK_MILLIS = 20;

    private final EdgeLoop loop;
    private final Inbound inbound;
    private @Nullable UpstreamCall call;
    private boolean started;

    PassThrough(EdgeLoop loop, Inbound inbound) {
        this.loop = loop;
        this.inbound = inbound;
    }

    /** @param prefix taken off the path; empty for none */
    void start(String upstream, String prefix) {
        UpstreamClient client = loop.upstream(upstream);
        if (client == null) {
            inbound.reply(Failures.answer(Failures.unknownUpstream(upstream)));
            return;
        }
        Gate.Admission.Admitted admitted = inbound.admitted();
        Outgoing outgoing = Outgoing.of(admitted, prefix, loop.engine().forwarding());
        UpstreamCall sending = new UpstreamCall(loop, client, outgoing, inbound.body(), BodyStream::of, this);
        call = sending;
        inbound.onGone(sending::cancel);
        boolean decoded =
                admitted.framing() != Gate.Framing.CHUNKED || outgoing.expectation() == Outgoing.Expectation.CONTINUE;
        if (decoded) {
            send(sending);
        } else {
            inbound.body().whenFirst(() -> loop.later(() -> send(sending)));
            loop.after(FIRST_CHUNK_MILLIS, () -> send(sending));
        }
    }

    private void send(UpstreamCall sending) {
        if (started || inbound.isOver()) return;
        started = true;
        sending.start();
    }

    @Override
    public void onContinue() {
        inbound.proceed();
    }

    @Override
    public void onEarlyHints(MultiMap fields) {
        inbound.earlyHints(fields);
    }

    @Override
    public void onReply(UpstreamReply reply) {
        if (reply.status() == 101) Tunnel.open(loop, inbound, reply);
        else inbound.reply(reply, Fields.NONE);
    }

    @Override
    public void onFailure(UpstreamException failure) {
        LOG.warn(
                "edge.upstream-failed method={} status={} sent={} reason=\"{}\"",
                inbound.admitted().head().method(),
                failure.status(),
                failure.sent(),
                failure.getMessage());
        if (inbound.isReplying()) inbound.abort(failure);
        else inbound.reply(Failures.answer(failure));
    }

    @Override
    public void onClientFailed(Throwable cause) {
        if (!(cause instanceof SlowPeerException)) return;
        if (inbound.isReplying()) inbound.abort(cause);
        else inbound.refuse(EdgeAnswers.BODY_TOO_SLOW);
    }
}
