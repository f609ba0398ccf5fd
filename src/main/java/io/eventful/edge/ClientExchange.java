package io.eventful.edge;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The client's side of one call: the request body and the response. Confined to one event loop. */
final class ClientExchange {

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Http1RequestValidator.Admission.Admitted admitted;
    private final BodyStream body;
    private final ClientConnection connection;
    private final EdgeMetrics.Kind kind;
    private final long since = System.nanoTime();
    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    private @Nullable Runnable onGone;
    private boolean replying;
    private boolean continued;
    private boolean over;
    private boolean closing;

    ClientExchange(
            HttpServerRequest request,
            Http1RequestValidator.Admission.Admitted admitted,
            BodyStream body,
            ClientConnection connection,
            EdgeMetrics.Kind kind) {
        this.request = request;
        this.response = request.response();
        this.admitted = admitted;
        this.body = body;
        this.connection = connection;
        this.kind = kind;
        response.closeHandler(closed -> gone());
        response.exceptionHandler(broken -> {});
        if (body.isOpen()) request.exceptionHandler(this::bodyFailed);
    }

    /** The decoder rejected the body, or the connection was closed (then {@link #gone} follows). */
    private void bodyFailed(Throwable cause) {
        if (cause instanceof HttpClosedException) return;
        if (isHttp2()) {
            // The stream was reset, by the client or because its body does not match its headers; then it is gone.
            body.failed(new CallAbortedException("the client went away"));
            return;
        }
        body.failed(new CallAbortedException("the body is malformed"));
        if (over) return;
        if (replying) abort(new CallAbortedException("the body is malformed"));
        else refuse(EdgeAnswers.MALFORMED_CHUNKS);
    }

    HttpServerRequest request() {
        return request;
    }

    Http1RequestValidator.Admission.Admitted admitted() {
        return admitted;
    }

    BodyStream body() {
        return body;
    }

    boolean isReplying() {
        return replying;
    }

    boolean isOver() {
        return over;
    }

    /** Completes when the response was sent, fails if it could not be sent. */
    CompletableFuture<Void> answered() {
        return answered;
    }

    /** Runs an action if the client disconnects before the response is complete. */
    void onGone(Runnable action) {
        onGone = action;
    }

    private void gone() {
        if (over) return;
        finish(0);
        CallAbortedException aborted = new CallAbortedException("the client went away");
        body.failed(aborted);
        // Until there is a response, the handler may still forward the body; it, or its time-out, releases it.
        if (replying) body.release();
        Runnable action = onGone;
        if (action != null) action.run();
        answered.completeExceptionally(aborted);
    }

    /** Sends 100 (Continue) if the client waits for it, once. */
    void sendContinue() {
        if (over || replying || continued || isHttp10()) return;
        continued = true;
        response.writeContinue();
    }

    void earlyHints(MultiMap fields) {
        if (over || replying || isHttp10()) return;
        MultiMap kept = MultiMap.caseInsensitiveMultiMap();
        HopByHopFields.reply(fields, kept);
        response.writeEarlyHints(isHttp2() ? HopByHopFields.inLowerCase(kept) : kept);
    }

    /** Forwards a reply, with extra fields after its own. */
    void reply(UpstreamReply reply, Fields extra) {
        onGone(reply::cancel);
        if (!begin()) {
            reply.cancel();
            return;
        }
        try {
            ReplyHead.copy(reply, extra, connection.loop().engine().forwarding(), response);
        } catch (IllegalArgumentException field) {
            reply.cancel();
            replace(EdgeAnswers.UNSENDABLE);
            return;
        }
        if (isLast()) closeAfter();
        boolean untold = !response.headers().contains("content-length");
        if (untold && (reply.isBodiless() || isHttp2())) ReplyHead.keepWithoutLength(response);
        if (reply.isBodiless()) {
            end(null);
            return;
        }
        if (untold && isHttp10()) closeAfter();
        else if (untold) response.setChunked(true);
        reply.body().pass(new ReplySink(connection.loop(), this, response, reply));
    }

    /** Sends a response of the gateway itself. */
    void reply(Answer answer) {
        if (!begin()) return;
        response.setStatusCode(answer.status());
        for (Fields.Field field : answer.fields().entries()) response.headers().add(field.name(), field.value());
        if (closing || isLast() || ReplyHead.hasLargeUnreadBody(admitted, body)) closeAfter();
        if (answer.status() != 204 && answer.status() != 304) {
            response.headers().set("Content-Length", Integer.toString(answer.body().length));
        }
        end(admitted.head().method().equals("HEAD") ? null : Buffer.buffer(answer.body()));
    }

    /** Sends another response than the one that was begun, of which nothing was sent. */
    void replace(Answer answer) {
        replying = false;
        ReplyHead.clear(response, answer.status());
        reply(answer);
    }

    /** Responds with 500 after a failure of the gateway itself. */
    void failed() {
        if (replying) abort(new IllegalStateException("the gateway failed"));
        else reply(EdgeAnswers.FAILED);
    }

    /** Responds and closes the connection, because its framing is not reliable any more. */
    void refuse(Answer answer) {
        closeAfter();
        reply(answer);
    }

    private boolean begin() {
        if (over) {
            body.release();
            return false;
        }
        if (replying) throw new IllegalStateException("The call is answered already");
        replying = true;
        return true;
    }

    /** Writes the last part, or only the header section. */
    void end(@Nullable Buffer last) {
        if (over) return;
        finish(response.getStatusCode());
        body.release();
        (last == null || last.length() == 0 ? response.end() : response.end(last)).onComplete(result -> {
            if (result.succeeded()) answered.complete(null);
            else answered.completeExceptionally(new CallAbortedException("the client went away"));
            // RFC 9113 §8.1: the response is complete, the rest of the request is not needed.
            if (isHttp2() && body.isOpen()) response.reset(VertxInternals.NO_ERROR);
        });
        boolean unread = body.isOpen();
        if (unread) body.discard();
        if (isHttp2()) return;
        if (closing) connection.finish();
        else if (unread) connection.linger(body);
    }

    /** Aborts an incomplete response, so that the client does not take it for complete. */
    void abort(Throwable cause) {
        if (over) return;
        finish(0);
        body.release();
        response.reset(VertxInternals.INTERNAL_ERROR);
        answered.completeExceptionally(cause);
    }

    /** The response switches protocols and starts a tunnel. */
    void upgrading() {
        replying = true;
    }

    /** The tunnel was closed, and the connection with it. */
    void tunnelClosed() {
        if (!over) finish(101);
        connection.closed();
        answered.complete(null);
    }

    private void finish(int status) {
        over = true;
        connection.loop().engine().metrics().request(kind, status, System.nanoTime() - since);
        connection.end();
    }

    /** Whether the connection ends after this response: one side closes it, or an unrequested body may still follow. */
    private boolean isLast() {
        return connection.loop().isDraining()
                || HopByHopFields.isCloseAmongOthers(admitted.head().fields())
                || (body.isOpen() && !continued && admitted.head().fields().expectContinue());
    }

    private void closeAfter() {
        if (isHttp2()) return;
        closing = true;
        response.headers().set("Connection", "close");
        if (isHttp10()) response.headersEndHandler(last -> response.headers().set("Connection", "close"));
    }

    boolean isHttp2() {
        return connection.isMultiplexed();
    }

    boolean isHttp10() {
        return request.version() == HttpVersion.HTTP_1_0;
    }
}
