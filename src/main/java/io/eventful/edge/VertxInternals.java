package io.eventful.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Access to Vert.x internals that the edge needs: to see bytes before a header section is complete, to respond at that
 * point, and to decode strictly.
 */
final class VertxInternals {

    /** Error codes of HTTP/2 (RFC 9113 §7). */
    static final long NO_ERROR = 0;

    static final long INTERNAL_ERROR = 2;

    private static final String DECODER = "httpDecoder";
    private static final String CODEC = "codec";

    private VertxInternals() {}

    /** Puts our decoder of requests in the place of Vert.x's, which may have read a part of the first request. */
    static void decodeStrictly(ChannelPipeline pipeline, HttpServerOptions options) {
        if (pipeline.get(DECODER) != null) pipeline.replace(DECODER, DECODER, new RequestDecoder(options));
    }

    /** Puts our codec in the place of Vert.x's on a new connection to an upstream, if it speaks HTTP/1.1. */
    static void decodeStrictly(HttpConnection connection, HttpDecoderConfig limits) {
        ChannelPipeline pipeline = channel(connection).pipeline();
        if (pipeline.get(CODEC) != null) pipeline.replace(CODEC, CODEC, new UpstreamCodec(limits));
    }

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
        door.decodeStrictly(pipeline);
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
