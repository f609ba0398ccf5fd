package io.eventful.edge;

import io.vertx.core.AsyncResult;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import org.jspecify.annotations.Nullable;

/**
 * Finds a server of an upstream for a call. While nothing was sent another server may be asked, whatever the request is;
 * and once in a call, a pooled connection that turns out to be dead is replaced. Belongs to one event loop.
 */
final class Connecting {

    /** Who has something to send. */
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

    /** Asks the next server. */
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

    /** True the first time: a call's dead connection is replaced once. */
    boolean mayRepeat() {
        boolean first = !repeated;
        repeated = true;
        return first;
    }

    /** The server that was asked last has answered. */
    void answered() {
        if (target != null) target.answered();
    }

    /** The server that was asked last has failed. */
    void failed() {
        if (target != null) target.failed(System.nanoTime());
    }

    /** Lets go of a connection that comes from now on. */
    void giveUp() {
        over = true;
    }
}
