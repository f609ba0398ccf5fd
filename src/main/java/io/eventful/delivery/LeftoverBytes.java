package io.eventful.delivery;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Closes an HTTP/1 connection on which more comes than the reply (RFC 9112, section 6.3). The next request, which may be
 * another subscription's, would take it for the begin of its own reply. Belongs to its channel's event loop.
 */
final class LeftoverBytes extends ChannelInboundHandlerAdapter {

    /** Before the first request, what comes is left to the codec. */
    private Reply reply = Reply.AWAITED;
    /** Replies so far. */
    private long ended;
    /** Whether the codec keeps a part of a line until the rest of it comes. */
    private Line line = Line.WHOLE;

    private enum Reply {
        AWAITED,
        ENDED
    }

    private enum Line {
        WHOLE,
        BEGUN
    }

    private LeftoverBytes() {}

    /** Watches a new connection. Called before {@link InterimReplies}, which end no request, are left out. */
    static void watch(Channel connection) {
        ChannelHandlerContext codec = connection.pipeline().context(HttpClientCodec.class);
        if (codec == null) return;
        LeftoverBytes bytes = new LeftoverBytes();
        connection.pipeline().addBefore(codec.name(), null, bytes);
        connection.pipeline().addAfter(codec.name(), null, bytes.new Messages());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
            return;
        }
        try {
            if (reply == Reply.ENDED) context.close();
            else read(context, bytes);
        } finally {
            bytes.release();
        }
    }

    private void read(ChannelHandlerContext context, ByteBuf bytes) {
        long before = ended;
        // The codec copies what it adds to a line: nobody would see what of that it leaves. So it gets the line alone.
        if (line == Line.BEGUN) context.fireChannelRead(restOfLine(bytes));
        if (ended == before && bytes.isReadable()) {
            context.fireChannelRead(bytes.retain());
            if (bytes.isReadable()) line = Line.BEGUN;
        }
        if (ended != before && bytes.isReadable()) context.close();
    }

    private ByteBuf restOfLine(ByteBuf bytes) {
        int end = bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), (byte) '\n');
        if (end < 0) return bytes.readRetainedSlice(bytes.readableBytes());
        line = Line.WHOLE;
        return bytes.readRetainedSlice(end + 1 - bytes.readerIndex());
    }

    /** Behind the codec. */
    private final class Messages extends ChannelDuplexHandler {

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (message instanceof HttpRequest) reply = Reply.AWAITED;
            context.write(message, promise);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof LastHttpContent) {
                reply = Reply.ENDED;
                ended++;
            }
            context.fireChannelRead(message);
        }
    }
}
