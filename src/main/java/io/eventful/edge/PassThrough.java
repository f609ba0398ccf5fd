package io.eventful.edge;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call that is streamed through unchanged, with back-pressure, without buffering and without a thread. */
final class PassThrough implements UpstreamCall.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(PassThrough.class);

    /** How long the header section of a chunked request waits for the first chunk, so that a malformed one is not forwarded. */
    private static final long FIRST_CHUNK_MILLIS = 20;

    private final EdgeLoop loop;
    private final ClientExchange inbound;
    private final Http1RequestValidator.Admission.Admitted request;
    private @Nullable UpstreamCall call;
    private boolean started;

    /** @param request what is sent of the client's request */
    PassThrough(EdgeLoop loop, ClientExchange inbound, Http1RequestValidator.Admission.Admitted request) {
        this.loop = loop;
        this.inbound = inbound;
        this.request = request;
    }

    /** @param prefix prefix to remove from the path; empty for none */
    void start(String upstream, String prefix) {
        UpstreamClient client = loop.upstream(upstream);
        if (client == null) {
            inbound.reply(Failures.answer(Failures.unknownUpstream(upstream)));
            return;
        }
        Outgoing outgoing = Outgoing.of(request, prefix, loop.engine().forwarding());
        UpstreamCall sending = new UpstreamCall(loop, client, outgoing, inbound.body(), BodyStream::of, this);
        call = sending;
        inbound.onGone(sending::cancel);
        boolean decoded = request.framing() != Http1RequestValidator.Framing.CHUNKED
                || outgoing.expectation() == Outgoing.Expectation.CONTINUE;
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
        inbound.sendContinue();
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
                request.head().method(),
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
