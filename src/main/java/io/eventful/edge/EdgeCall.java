package io.eventful.edge;

import io.vertx.core.MultiMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call that a {@link Handler} serves. Once it is sent to the upstream, it continues until the reply arrives even if the
 * client disconnects, because its outcome must be recorded.
 */
final class EdgeCall implements Call, UpstreamCall.Listener, TimeoutWatch.Watched {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeCall.class);

    private final EdgeLoop loop;
    private final ClientExchange inbound;
    private final CompletableFuture<Reply> forwarded = new CompletableFuture<>();
    private final AtomicBoolean sent = new AtomicBoolean();
    private ReadAhead ahead = ReadAhead.NOTHING;
    private @Nullable UpstreamReply reply;
    private int underWay;
    private boolean reading;
    private boolean answering;
    private long heldSince = System.nanoTime();

    EdgeCall(EdgeLoop loop, ClientExchange inbound) {
        this.loop = loop;
        this.inbound = inbound;
    }

    /** The call; its time-outs are checked from now on until it is answered. */
    EdgeCall watched() {
        loop.watch().add(this);
        return this;
    }

    private void begin() {
        underWay++;
    }

    /** The call is with the handler again; restarts the handler time-out. */
    private void done() {
        underWay--;
        heldSince = System.nanoTime();
    }

    private void answering() {
        answering = true;
        loop.watch().remove(this);
    }

    @Override
    public RequestHead head() {
        return inbound.admitted().head();
    }

    @Override
    public CompletionStage<Body> body(int limit) {
        CompletableFuture<Body> result = new CompletableFuture<>();
        loop.execute(() -> {
            if (inbound.body().isOpen() && head().fields().expectContinue()) inbound.sendContinue();
            reading = true;
            begin();
            inbound.body().read(limit).whenComplete((body, failure) -> {
                reading = false;
                done();
                if (failure instanceof Memory.ExhaustedException) {
                    inbound.refuse(Problems.problem(
                            503,
                            "Service Unavailable",
                            "Too many large writes are in progress. Nothing was sent to the upstream."
                                    + " Try again later."));
                    result.completeExceptionally(new CallAbortedException("no memory for the body; answered 503"));
                } else if (failure != null) {
                    inbound.body().release();
                    result.completeExceptionally(aborted(failure));
                } else {
                    result.complete(body);
                }
            });
        });
        return result;
    }

    @Override
    public CompletionStage<Reply> forward(String upstream, ReadAhead wanted) {
        if (!sent.compareAndSet(false, true)) {
            return CompletableFuture.failedFuture(new IllegalStateException("A call is forwarded once"));
        }
        loop.execute(() -> {
            begin();
            ahead = wanted;
            forwarded.whenComplete((answer, failure) -> done());
            UpstreamClient client = loop.upstream(upstream);
            // The body of an answered or abandoned call was released, so the call must not be sent any more.
            if (answering) {
                forwarded.completeExceptionally(new CallAbortedException("the call is over; nothing was sent"));
            } else if (inbound.isOver() && !inbound.body().isWhole()) {
                inbound.body().release();
                forwarded.completeExceptionally(new CallAbortedException("the client went away; nothing was sent"));
            } else if (client == null) {
                forwarded.completeExceptionally(Failures.unknownUpstream(upstream));
            } else {
                Outgoing outgoing = Outgoing.of(
                        inbound.admitted(), stripped(upstream), loop.engine().forwarding());
                new UpstreamCall(
                                loop,
                                client,
                                outgoing,
                                inbound.body(),
                                source -> BodyStream.digested(
                                        source, loop.engine().memory()),
                                this)
                        .start();
            }
        });
        return forwarded;
    }

    /**
     * The path prefix that the edge routes strip for an upstream; also applies to calls that a handler forwards.
     */
    private String stripped(String upstream) {
        return loop.engine().upstreamRoutes().stripped(upstream, head().authority(), head().path());
    }

    @Override
    public CompletionStage<Digest> requestDigest() {
        return inbound.body().digest();
    }

    @Override
    public CompletionStage<Void> answer(Reply reply, Fields extra) {
        if (!(reply instanceof UpstreamReply own)) throw new IllegalArgumentException("Not a reply of this edge");
        loop.execute(() -> {
            answering();
            if (own.status() == 101) Tunnel.open(loop, inbound, own);
            else inbound.reply(own, extra);
        });
        return inbound.answered();
    }

    @Override
    public CompletionStage<Void> answer(Answer answer) {
        loop.execute(() -> {
            answering();
            inbound.reply(answer);
            // A reply that is not forwarded must release its connection and memory.
            if (reply != null) reply.cancel();
        });
        return inbound.answered();
    }

    @Override
    public CompletionStage<Void> proxy(String upstream, Set<String> leftOut) {
        loop.execute(() -> {
            answering();
            new PassThrough(loop, inbound, inbound.admitted().without(leftOut)).start(upstream, stripped(upstream));
        });
        return inbound.answered();
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
    public void onReply(UpstreamReply begun) {
        reply = begun;
        int limit = ahead.limit(begun.status());
        if (limit == 0) forwarded.complete(begun);
        else begun.readAhead(limit).whenComplete((read, failure) -> forwarded.complete(begun));
    }

    @Override
    public void onFailure(UpstreamException failure) {
        forwarded.completeExceptionally(failure);
    }

    /** The upstream received only part of the body, but may have executed the request. */
    @Override
    public void onClientFailed(Throwable cause) {
        if (cause instanceof SlowPeerException && !inbound.isReplying()) inbound.refuse(EdgeAnswers.BODY_TOO_SLOW);
        inbound.body().release();
        forwarded.completeExceptionally(new UpstreamException(
                UpstreamException.Sent.MAYBE, 502, "the client's body broke off while it was being sent", cause));
    }

    /** Checks the time-outs: of the body that the handler waits for, and of the handler itself. */
    @Override
    public void check(long now) {
        if (reading) {
            if (now - inbound.body().progress() <= loop.limits().bodyTimeout().toNanos()) return;
            inbound.refuse(EdgeAnswers.BODY_TOO_SLOW);
            inbound.body().failed(new CallAbortedException("the body did not arrive in time"));
        } else if (answering) {
            loop.watch().remove(this);
        } else if (underWay == 0
                && now - lastMove() > loop.limits().handlerTimeout().toNanos()) {
            if (inbound.isOver()) releaseAbandoned();
            else unanswered();
        }
    }

    /** Releases the resources of a call whose client disconnected and whose handler does not respond. */
    private void releaseAbandoned() {
        answering();
        inbound.body().release();
        if (reply != null) reply.cancel();
    }

    private void unanswered() {
        LOG.error(
                "edge.handler-timed-out method={} after={}",
                head().method(),
                loop.limits().handlerTimeout());
        answer(EdgeAnswers.UNANSWERED);
    }

    private long lastMove() {
        return reply == null ? heldSince : Math.max(heldSince, reply.body().progress());
    }

    private static Throwable aborted(Throwable failure) {
        return failure instanceof CallAbortedException ? failure : new CallAbortedException("the body broke off");
    }

    /** Completes a copy of a stage, so that callers cannot complete the original. */
    static <T> void relay(CompletionStage<T> from, CompletableFuture<T> to) {
        BiConsumer<T, @Nullable Throwable> copy = (value, failure) -> {
            if (failure != null) to.completeExceptionally(failure);
            else to.complete(value);
        };
        from.whenComplete(copy);
    }
}
