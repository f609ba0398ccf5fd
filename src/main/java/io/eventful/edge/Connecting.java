package io.eventful.edge;

import io.vertx.core.AsyncResult;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import org.jspecify.annotations.Nullable;

/**
 * Gets a connection to a target of an upstream for one call. While nothing was sent, it may try another target for any
 * request; and once per call, it replaces a pooled connection that turns out to be dead. Confined to one event loop.
 */
final class Connecting {

    /** Receives the connection. */
    interface Listener {
        void onConnected(HttpClientRequest request, UpstreamTarget target);

        void onUnconnected(Throwable cause);
    }

    private final UpstreamClient upstream;
    private final Outgoing outgoing;
    private final Listener listener;
    private @Nullable UpstreamTarget target;
    private int failures;
    private boolean repeated;
    private boolean over;

    Connecting(UpstreamClient upstream, Outgoing outgoing, Listener listener) {
        this.upstream = upstream;
        this.outgoing = outgoing;
        this.listener = listener;
    }

    /** Connects to the next target. */
    void connect() {
        UpstreamTarget to = upstream.next();
        target = to;
        upstream.request(to, outgoing).onComplete(result -> asked(to, result));
    }

    private void asked(UpstreamTarget to, AsyncResult<HttpClientRequest> result) {
        if (over) {
            if (result.succeeded())
                result.result().exceptionHandler(broken -> {}).reset();
        } else if (result.succeeded()) {
            listener.onConnected(result.result(), to);
        } else if (result.cause() instanceof HttpClosedException && mayRepeat()) {
            connect();
        } else {
            unconnected(to, result.cause());
        }
    }

    private void unconnected(UpstreamTarget to, Throwable cause) {
        failures++;
        if (failures < upstream.targets() && !(cause instanceof ConnectionPoolTooBusyException)) {
            to.failed(System.nanoTime());
            connect();
        } else {
            listener.onUnconnected(cause);
        }
    }

    /** True only the first time: the dead connection of a call is replaced once. */
    boolean mayRepeat() {
        boolean first = !repeated;
        repeated = true;
        return first;
    }

    /** The last target has responded. */
    void answered() {
        if (target != null) target.answered();
    }

    /** The last target has failed. */
    void failed() {
        if (target != null) target.failed(System.nanoTime());
    }

    /** Releases a connection that arrives from now on. */
    void giveUp() {
        over = true;
    }
}
