package io.eventful.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The few things below Vert.x's public API that an edge needs: to see bytes before a head is complete, to answer then,
 * and to stop accepting without closing what is open.
 */
final class Wire {

    private Wire() {}

    private static Channel channel(HttpConnection connection) {
        return ((ConnectionBase) connection).channel();
    }

    /** Runs an action whenever bytes arrive, before they are decoded. */
    static void onBytes(HttpConnection connection, Runnable action) {
        channel(connection).pipeline().addFirst("eventful-bytes", new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object bytes) {
                action.run();
                context.fireChannelRead(bytes);
            }
        });
    }

    /** Writes raw bytes and closes. */
    static void writeAndClose(HttpConnection connection, byte[] bytes) {
        channel(connection).writeAndFlush(Unpooled.wrappedBuffer(bytes)).addListener(ChannelFutureListener.CLOSE);
    }

    /** Hands everything written so far to the network. */
    static void flush(HttpConnection connection) {
        ((ConnectionBase) connection).flush();
    }

    /** Closes the listening socket that a connection came from; connections stay. */
    static void stopAccepting(HttpConnection connection) {
        Channel listener = channel(connection).parent();
        if (listener != null) listener.close();
    }
}
