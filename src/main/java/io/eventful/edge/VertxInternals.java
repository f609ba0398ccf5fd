package io.eventful.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Access to Vert.x internals that the edge needs: to see bytes before a header section is complete, and to respond at
 * that point.
 */
final class VertxInternals {

    /** Error codes of HTTP/2 (RFC 9113 §7). */
    static final long NO_ERROR = 0;

    static final long INTERNAL_ERROR = 2;

    private VertxInternals() {}

    private static Channel channel(HttpConnection connection) {
        return ((ConnectionBase) connection).channel();
    }

    /** Hands a connection over to its owner: from now on, {@code onBytes} runs when (decrypted) bytes arrive. */
    static ConnectionStart pass(HttpConnection connection, Runnable onBytes) {
        ChannelPipeline pipeline = channel(connection).pipeline();
        ConnectionStart door = pipeline.get(ConnectionStart.class);
        if (!connection.isSsl()) {
            door.pass(onBytes);
            return door;
        }
        door.pass(() -> {});
        pipeline.addAfter("ssl", "eventful-bytes", new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object bytes) {
                onBytes.run();
                context.fireChannelRead(bytes);
            }
        });
        return door;
    }

    static boolean isHttp2(HttpConnection connection) {
        return channel(connection).pipeline().get(Http2ConnectionHandler.class) != null;
    }

    /** True if an HTTP/2 request ended with its header section (RFC 9113 §8.1). */
    static boolean isAtEnd(HttpConnection connection, int stream) {
        Http2ConnectionHandler handler = channel(connection).pipeline().get(Http2ConnectionHandler.class);
        Http2Stream state = handler.connection().stream(stream);
        return state == null || !state.state().remoteSideOpen();
    }

    /** Writes raw bytes, bypassing the incomplete request. */
    static void write(HttpConnection connection, byte[] bytes) {
        ChannelHandlerContext encoder = channel(connection).pipeline().context("httpEncoder");
        if (encoder != null) encoder.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    /** Flushes and shuts down the output; data that the client still sends is read and discarded. */
    static void endOutput(HttpConnection connection) {
        Channel channel = channel(connection);
        channel.config().setAutoRead(true);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (channel instanceof DuplexChannel socket) socket.shutdownOutput();
        });
    }
}
