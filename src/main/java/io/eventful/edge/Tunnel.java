package io.eventful.edge;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/** A connection that switched protocols (RFC 9110 §7.8), such as a WebSocket: copies bytes in both directions. */
final class Tunnel implements TimeoutWatch.Watched {

    private final EdgeLoop loop;
    private final ClientExchange inbound;
    private final UpstreamReply reply;
    private final NetSocket down;
    private final NetSocket up;
    private long progress = System.nanoTime();
    private boolean closed;

    private Tunnel(EdgeLoop loop, ClientExchange inbound, UpstreamReply reply, NetSocket down, NetSocket up) {
        this.loop = loop;
        this.inbound = inbound;
        this.reply = reply;
        this.down = down;
        this.up = up;
    }

    static void open(EdgeLoop loop, ClientExchange inbound, UpstreamReply reply) {
        NetSocket up = reply.response().pause().netSocket();
        MultiMap headers = inbound.request().response().headers();
        HopByHopFields.reply(reply.headers(), headers);
        headers.set("Connection", "Upgrade");
        headers.set("Upgrade", reply.headers().getAll("upgrade"));
        inbound.upgrading();
        inbound.request().toNetSocket().onComplete(result -> {
            if (result.failed()) {
                reply.closeConnection();
                inbound.tunnelClosed();
            } else {
                new Tunnel(loop, inbound, reply, result.result(), up).run();
            }
        });
    }

    private void run() {
        loop.watch().add(this);
        inbound.onGone(this::close);
        down.closeHandler(gone -> close()).exceptionHandler(broken -> close());
        up.closeHandler(gone -> close()).exceptionHandler(broken -> close());
        pump(down, up);
        pump(up, down);
        down.resume();
        up.resume();
    }

    private void pump(ReadStream<Buffer> from, WriteStream<Buffer> to) {
        from.handler(data -> {
            progress = System.nanoTime();
            to.write(data);
            if (to.writeQueueFull()) {
                from.pause();
                to.drainHandler(drained -> from.resume());
            }
        });
    }

    private void close() {
        if (closed) return;
        closed = true;
        loop.watch().remove(this);
        down.close();
        reply.closeConnection();
        inbound.tunnelClosed();
    }

    @Override
    public void check(long now) {
        if (now - progress > loop.limits().streamIdle().toNanos()) close();
    }
}
