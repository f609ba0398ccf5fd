package io.eventful.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request with a body to an upstream. The header section waits for the first part, and both for the end of the
 * current event-loop turn, so that a short request is sent in one packet.
 */
final class RequestSink implements BodyStream.Sink {

    private enum State {
        HELD,
        PASSING,
        COMPLETE,
        STOPPED
    }

    private final EdgeLoop loop;
    private final HttpClientRequest request;
    private final BodyStream body;
    private final Consumer<Throwable> onFailure;
    private @Nullable Buffer first;
    private State state = State.HELD;
    private boolean headSent;
    private long progress = System.nanoTime();

    RequestSink(EdgeLoop loop, HttpClientRequest request, BodyStream body, Consumer<Throwable> onFailure) {
        this.loop = loop;
        this.request = request;
        this.body = body;
        this.onFailure = onFailure;
    }

    /** Starts to send the body. */
    void pass() {
        if (state != State.HELD) return;
        state = State.PASSING;
        body.pass(this);
        loop.later(this::flush);
    }

    /** Sends only the header section. */
    void sendHead() {
        if (headSent || isOver()) return;
        headSent = true;
        request.sendHead();
    }

    /** Stops writing. */
    void stop() {
        if (!isOver()) state = State.STOPPED;
    }

    private boolean isOver() {
        return state == State.COMPLETE || state == State.STOPPED;
    }

    boolean isHeld() {
        return state == State.HELD;
    }

    /** False while no byte was passed to the connection. */
    boolean isHeadSent() {
        return headSent || state == State.COMPLETE;
    }

    boolean isComplete() {
        return state == State.COMPLETE;
    }

    /** True if the upstream has accepted everything received so far, and the client has not sent the rest. */
    boolean isStarved() {
        return state == State.PASSING && body.isOpen() && !body.isPaused();
    }

    /** {@link System#nanoTime()} of the last part that the upstream accepted. */
    long progress() {
        return progress;
    }

    private void flush() {
        if (isOver()) return;
        Buffer waiting = first;
        first = null;
        if (waiting != null) write(waiting);
        else sendHead();
    }

    @Override
    public void chunk(Buffer data) {
        if (isOver()) return;
        if (!headSent && first == null) {
            first = data;
            return;
        }
        flush();
        write(data);
    }

    private void write(Buffer data) {
        headSent = true;
        request.write(data);
        progress = System.nanoTime();
        if (request.writeQueueFull()) {
            body.pause();
            request.drainHandler(drained -> {
                progress = System.nanoTime();
                body.resume();
            });
        }
    }

    @Override
    public void end() {
        if (isOver()) return;
        state = State.COMPLETE;
        progress = System.nanoTime();
        Buffer waiting = first;
        first = null;
        if (waiting != null) request.end(waiting);
        else request.end();
    }

    @Override
    public void failed(Throwable cause) {
        if (!isOver()) onFailure.accept(cause);
    }
}
