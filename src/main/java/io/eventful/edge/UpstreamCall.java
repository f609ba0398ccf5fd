package io.eventful.edge;

import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.ReadStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request to an upstream, until the end of its reply. It is sent once; only an idempotent request without a body is
 * sent a second time, if a pooled connection turns out to be dead. Confined to one event loop.
 */
final class UpstreamCall implements TimeoutWatch.Watched, Connecting.Listener {

    /** Receives the reply. */
    interface Listener {
        void onContinue();

        void onEarlyHints(MultiMap fields);

        void onReply(UpstreamReply reply);

        void onFailure(UpstreamException failure);

        /** The client stopped sending its body, or disconnected. */
        void onClientFailed(Throwable cause);
    }

    /** Maximum wait for a 100 (Continue) if the body has already arrived (RFC 9110 §10.1.1). */
    private static final long CONTINUE_WAIT_NANOS = 1_000_000_000L;

    /** HTTP/2 error code CANCEL (RFC 9113 §7); in HTTP/1.1, the connection is closed instead. */
    static final long CANCEL = 8;

    private final EdgeLoop loop;
    private final UpstreamClient upstream;
    private final Outgoing outgoing;
    private final BodyStream body;
    private final Function<ReadStream<Buffer>, BodyStream> replies;
    private final Listener listener;
    private final Connecting connecting;
    private @Nullable HttpClientRequest request;
    private @Nullable RequestSink sink;
    private @Nullable UpstreamReply reply;
    /** The failure of the first attempt, if the call is sent a second time. */
    private @Nullable UpstreamException lost;

    private boolean done;
    private long progress = System.nanoTime();

    UpstreamCall(
            EdgeLoop loop,
            UpstreamClient upstream,
            Outgoing outgoing,
            BodyStream body,
            Function<ReadStream<Buffer>, BodyStream> replies,
            Listener listener) {
        this.loop = loop;
        this.upstream = upstream;
        this.outgoing = outgoing;
        this.body = body;
        this.replies = replies;
        this.listener = listener;
        this.connecting = new Connecting(upstream, outgoing, this);
    }

    void start() {
        loop.watch().add(this);
        connecting.connect();
        if (!done && request == null) body.hold();
    }

    /** Cancels the call and closes its connection, unless it is finished. */
    void cancel() {
        if (done) return;
        finish();
        if (reply != null) reply.cancel();
        else if (request != null) request.reset(CANCEL);
    }

    @Override
    public void onUnconnected(Throwable cause) {
        fail(Failures.noConnection(upstream.name(), cause));
    }

    @Override
    public void onConnected(HttpClientRequest sending, UpstreamTarget to) {
        request = sending;
        progress = System.nanoTime();
        sending.setMethod(outgoing.method()).setURI(outgoing.target().apply(to));
        try {
            outgoing.fields().accept(to, sending.headers());
        } catch (IllegalArgumentException field) {
            sending.reset();
            fail(Failures.unsendable(upstream.name(), field));
            return;
        }
        if (sending.version() == HttpVersion.HTTP_2) HopByHopFields.toHttp2(sending);
        sending.exceptionHandler(broken -> {});
        sending.continueHandler(go -> proceed());
        sending.earlyHintsHandler(listener::onEarlyHints);
        sending.response().onComplete(result -> replied(sending, result));
        if (!outgoing.upgrade().isEmpty()) sending.connect();
        else if (outgoing.framing() == Http1RequestValidator.Framing.NONE) sending.end();
        else send(sending);
    }

    private void send(HttpClientRequest sending) {
        sending.setChunked(outgoing.framing() == Http1RequestValidator.Framing.CHUNKED);
        RequestSink to = new RequestSink(loop, sending, body, this::clientFailed);
        sink = to;
        if (outgoing.expectation() == Outgoing.Expectation.CONTINUE) {
            to.sendHead();
            // The client waits for the 100 itself, unless its body has already arrived.
            if (body.isOpen() && body.size() == 0) to.pass();
        } else {
            to.pass();
        }
    }

    private void proceed() {
        if (done) return;
        progress = System.nanoTime();
        listener.onContinue();
        if (sink != null) sink.pass();
    }

    private void clientFailed(Throwable cause) {
        if (done) return;
        UpstreamReply begun = reply;
        cancel();
        if (begun != null) begun.body().failed(cause);
        listener.onClientFailed(cause);
    }

    private void replied(HttpClientRequest sending, AsyncResult<HttpClientResponse> result) {
        if (done || sending != request) return;
        if (result.failed()) {
            broken(sending, result.cause());
            return;
        }
        HttpClientResponse response = result.result();
        UpstreamException refusal = refusal(response);
        if (refusal != null) {
            response.exceptionHandler(broken -> {});
            sending.reset();
            fail(refusal);
            return;
        }
        progress = System.nanoTime();
        connecting.answered();
        UpstreamReply begun = new UpstreamReply(loop, upstream.name(), sending, response, replies);
        reply = begun;
        if (response.statusCode() == 101) finish();
        else response.end().onComplete(end -> replyEnded(sending));
        listener.onReply(begun);
    }

    /** Why a reply is not valid for the call; null if it is valid. */
    private @Nullable UpstreamException refusal(HttpClientResponse response) {
        return lost == null || outgoing.isSettledBy(response.statusCode())
                ? UpstreamReply.refusal(upstream.name(), outgoing, response)
                : lost;
    }

    /** If the reply arrives before the request was sent completely, its connection cannot be reused. */
    private void replyEnded(HttpClientRequest sending) {
        if (done) return;
        boolean complete = sink == null ? outgoing.upgrade().isEmpty() : sink.isComplete();
        finish();
        if (!complete) sending.reset();
    }

    private void broken(HttpClientRequest sending, Throwable cause) {
        boolean pooled = sending.streamId() > 1;
        if (pooled && outgoing.isRepeatable() && connecting.mayRepeat()) {
            UpstreamException first = Failures.noReply(upstream.name(), cause);
            if (first.sent() != UpstreamException.Sent.NOTHING) lost = first;
            request = null;
            connecting.connect();
        } else {
            // Closed while the header section was still delayed: the upstream has received nothing.
            boolean unsent = sink != null && !sink.isHeadSent();
            fail(unsent ? Failures.noConnection(upstream.name(), cause) : Failures.noReply(upstream.name(), cause));
        }
    }

    private void fail(UpstreamException failure) {
        if (failure.status() != 503) connecting.failed();
        finish();
        loop.engine().metrics().upstreamError(upstream.name(), failure.status());
        listener.onFailure(failure);
    }

    private void finish() {
        done = true;
        connecting.giveUp();
        loop.watch().remove(this);
        if (sink != null) sink.stop();
    }

    @Override
    public void check(long now) {
        long last = sink == null ? progress : Math.max(progress, sink.progress());
        if (reply != null) {
            long active = Math.max(last, Math.max(reply.body().progress(), body.progress()));
            if (now - active > loop.limits().streamIdle().toNanos()) idle(reply);
        } else if (sink != null && sink.isHeld()) {
            if (now - last > CONTINUE_WAIT_NANOS) sink.pass();
        } else if (sink != null && sink.isStarved()) {
            long active = Math.max(last, body.progress());
            if (now - active > loop.limits().bodyTimeout().toNanos()) clientFailed(new SlowPeerException());
        } else if (now - last > upstream.timeout().toNanos()) {
            HttpClientRequest waiting = request;
            if (waiting == null) {
                fail(Failures.noConnectionWithin(upstream.name(), upstream.timeout()));
                return;
            }
            fail(Failures.noReplyWithin(upstream.name(), upstream.timeout()));
            waiting.reset(CANCEL);
        }
    }

    private void idle(UpstreamReply stuck) {
        cancel();
        stuck.body().failed(Failures.brokenOff(upstream.name(), new SlowPeerException()));
    }
}
