package io.eventful.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of a reply to the client. The first part is delayed until the end of the current event-loop turn, so
 * that a short reply is sent in one packet.
 */
final class ReplySink implements BodyStream.Sink {

    private final ClientExchange inbound;
    private final HttpServerResponse response;
    private final UpstreamReply reply;
    private @Nullable Buffer first;
    private boolean headSent;

    ReplySink(EdgeLoop loop, ClientExchange inbound, HttpServerResponse response, UpstreamReply reply) {
        this.inbound = inbound;
        this.response = response;
        this.reply = reply;
        loop.later(this::flush);
    }

    private void flush() {
        if (inbound.isOver()) return;
        Buffer waiting = first;
        first = null;
        if (waiting != null) {
            write(waiting);
        } else if (!headSent && !endsWithConnection()) {
            headSent = true;
            response.writeHead();
        }
    }

    @Override
    public void chunk(Buffer data) {
        if (inbound.isOver()) return;
        if (!headSent && first == null) {
            first = data;
            return;
        }
        flush();
        write(data);
    }

    private void write(Buffer data) {
        headSent = true;
        response.write(data);
        if (response.writeQueueFull()) {
            reply.body().pause();
            response.drainHandler(drained -> reply.body().resume());
        }
    }

    @Override
    public void end() {
        reply.body().release();
        if (inbound.isOver()) return;
        boolean has = response.isChunked() || inbound.isHttp2();
        if (has && !reply.trailers().isEmpty()) response.trailers().addAll(reply.trailers());
        Buffer waiting = first;
        first = null;
        inbound.end(waiting);
    }

    /**
     * A client that gets nothing may send its request again. Therefore it gets the head and what came of the body before
     * the cut, or, where that is malformed or could be taken for the whole reply, a problem document.
     */
    @Override
    public void failed(Throwable cause) {
        reply.body().release();
        if (inbound.isOver()) return;
        if (!headSent && (endsWithConnection() || Failures.isMalformed(cause))) {
            inbound.replace(Failures.INVALID);
            return;
        }
        flush();
        inbound.abort(cause);
    }

    private boolean endsWithConnection() {
        return inbound.isHttp10() && !response.headers().contains("content-length");
    }
}
