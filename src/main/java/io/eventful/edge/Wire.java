package io.eventful.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
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

    /** Writes raw bytes, past the request that is not complete. */
    static void write(HttpConnection connection, byte[] bytes) {
        ChannelHandlerContext encoder = channel(connection).pipeline().context("httpEncoder");
        if (encoder != null) encoder.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    /** Sends what is written and the end of the stream; what the client still sends is read and dropped. */
    static void endOutput(HttpConnection connection) {
        Channel channel = channel(connection);
        channel.config().setAutoRead(true);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (channel instanceof DuplexChannel socket) socket.shutdownOutput();
        });
    }

    /** Closes the listening socket that a connection came from; connections stay. */
    static void stopAccepting(HttpConnection connection) {
        Channel listener = channel(connection).parent();
        if (listener != null) listener.close();
    }
}
