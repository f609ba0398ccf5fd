package io.eventful.edge;

import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.streams.ReadStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request to an upstream, up to the end of its reply. It is sent once; only a request that is idempotent and has
 * no body is sent a second time, when a pooled connection turns out to be dead. Belongs to one event loop.
 */
final class UpstreamCall implements BodyStream.Sink, Watch.Watched {

    /** Who waits for the reply. */
    interface Listener {
        void onContinue();

        void onEarlyHints(MultiMap fields);

        void onReply(UpstreamReply reply);

        void onFailure(UpstreamException failure);

        /** The client owes a body and is silent, or has gone. */
        void onClientFailed(Throwable cause);
    }

    /** Longest wait for a 100 (Continue) when the whole body is at hand already (RFC 9110 §10.1.1). */
    private static final long CONTINUE_WAIT_NANOS = 1_000_000_000L;

    private final EdgeLoop loop;
    private final UpstreamClient upstream;
    private final Outgoing outgoing;
    private final BodyStream body;
    private final Function<ReadStream<Buffer>, BodyStream> replies;
    private final Listener listener;
    private @Nullable HttpClientRequest request;
    private @Nullable UpstreamReply reply;
    private @Nullable Buffer first;
    private boolean done;
    private boolean passing;
    private boolean headSent;
    private boolean sentAll;
    private boolean repeated;
    private boolean timedOut;
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
    }

    void start() {
        loop.watch().add(this);
        connect();
    }

    /** Gives the call up and closes its connection, unless it is over. */
    void cancel() {
        if (done) return;
        finish();
        if (request != null) request.reset();
    }

    private void connect() {
        upstream.request().onComplete(result -> {
            if (done) {
                if (result.succeeded()) result.result().reset();
            } else if (result.succeeded()) {
                connected(result.result());
            } else if (result.cause() instanceof HttpClosedException && !repeated) {
                repeated = true;
                connect();
            } else {
                fail(Failures.noConnection(upstream.name(), result.cause()));
            }
        });
        if (!done && request == null && body.isOpen()) body.hold();
    }

    private void connected(HttpClientRequest sending) {
        request = sending;
        progress = System.nanoTime();
        sending.setMethod(outgoing.method()).setURI(outgoing.target());
        try {
            outgoing.fields().accept(sending.headers());
        } catch (IllegalArgumentException field) {
            sending.reset();
            fail(Failures.unsendable(upstream.name(), field));
            return;
        }
        sending.exceptionHandler(broken -> {});
        sending.continueHandler(go -> {
            progress = System.nanoTime();
            listener.onContinue();
            pass();
        });
        sending.earlyHintsHandler(listener::onEarlyHints);
        sending.response().onComplete(result -> replied(sending, result));
        if (!outgoing.upgrade().isEmpty()) {
            sending.connect();
            return;
        }
        if (outgoing.framing() == Gate.Framing.NONE) {
            sentAll = true;
            sending.end();
            return;
        }
        sending.setChunked(outgoing.framing() == Gate.Framing.CHUNKED);
        if (outgoing.expectation() == Outgoing.Expectation.CONTINUE) {
            flush();
            if (body.isOpen() && body.size() == 0) pass();
        } else {
            pass();
        }
    }

    private void pass() {
        if (passing || done) return;
        passing = true;
        body.pass(this);
        loop.later(this::flush);
    }

    /** What waits for company goes out: the head, alone when no body has come yet. */
    private void flush() {
        if (done || sentAll || request == null) return;
        Buffer waiting = first;
        first = null;
        if (waiting != null) {
            write(request, waiting);
        } else if (!headSent) {
            headSent = true;
            request.sendHead();
        }
    }

    @Override
    public void chunk(Buffer data) {
        if (done || request == null) return;
        if (!headSent && first == null) {
            first = data;
            return;
        }
        flush();
        write(request, data);
    }

    private void write(HttpClientRequest to, Buffer data) {
        headSent = true;
        to.write(data);
        progress = System.nanoTime();
        if (to.writeQueueFull()) {
            body.pause();
            to.drainHandler(drained -> {
                progress = System.nanoTime();
                body.resume();
            });
        }
    }

    @Override
    public void end() {
        if (done || request == null) return;
        sentAll = true;
        progress = System.nanoTime();
        Buffer waiting = first;
        first = null;
        if (waiting != null) request.end(waiting);
        else request.end();
    }

    @Override
    public void failed(Throwable cause) {
        if (done) return;
        boolean replying = reply != null;
        cancel();
        if (replying && reply != null) reply.body().failed(cause);
        listener.onClientFailed(cause);
    }

    private void replied(HttpClientRequest sending, AsyncResult<HttpClientResponse> result) {
        if (done || sending != request) return;
        if (result.failed()) {
            broken(sending, result.cause());
            return;
        }
        HttpClientResponse response = result.result();
        int status = response.statusCode();
        if (status < 200 && (status != 101 || outgoing.upgrade().isEmpty())) {
            response.exceptionHandler(broken -> {});
            sending.reset();
            fail(Failures.unknownInterim(upstream.name(), status));
            return;
        }
        progress = System.nanoTime();
        reply = new UpstreamReply(loop, upstream.name(), sending, response, replies);
        if (status != 101) response.end().onComplete(end -> replyEnded(sending));
        listener.onReply(reply);
    }

    /** A reply may come before the request is through; then its connection cannot be used again. */
    private void replyEnded(HttpClientRequest sending) {
        if (done) return;
        finish();
        if (!sentAll) sending.reset();
    }

    private void broken(HttpClientRequest sending, Throwable cause) {
        boolean pooled = sending.streamId() > 1;
        if (pooled && !repeated && !timedOut && outgoing.isRepeatable()) {
            repeated = true;
            request = null;
            sentAll = false;
            connect();
        } else {
            fail(Failures.noReply(upstream.name(), cause));
        }
    }

    private void fail(UpstreamException failure) {
        finish();
        listener.onFailure(failure);
    }

    private void finish() {
        done = true;
        loop.watch().remove(this);
    }

    @Override
    public void check(long now) {
        if (reply != null) {
            long last = Math.max(progress, Math.max(reply.body().progress(), body.progress()));
            if (now - last > loop.limits().streamIdle().toNanos()) idle();
            return;
        }
        if (!passing && outgoing.expectation() == Outgoing.Expectation.CONTINUE && request != null) {
            if (now - progress > CONTINUE_WAIT_NANOS) pass();
            return;
        }
        if (passing && body.isOpen() && !body.isPaused()) {
            long last = Math.max(progress, body.progress());
            if (now - last > loop.limits().bodyTimeout().toNanos()) failed(new SlowClientException());
        } else if (now - progress > upstream.timeout().toNanos()) {
            timedOut = true;
            HttpClientRequest waiting = request;
            fail(Failures.timeout(upstream.name(), waiting == null, upstream.timeout()));
            if (waiting != null) waiting.reset();
        }
    }

    private void idle() {
        UpstreamReply stuck = reply;
        cancel();
        if (stuck != null) stuck.body().failed(Failures.brokenOff(upstream.name(), new SlowClientException()));
    }
}
