package io.eventful.delivery;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;

/**
 * Leaves out interim (1xx) replies, any number of any of them (RFC 9110, section 15.2): the client would take those that
 * it does not know for the reply. 101 is one: nobody asked for another protocol. Belongs to its channel's event loop.
 */
final class InterimReplies extends ChannelInboundHandlerAdapter {

    private static final int SWITCHING_PROTOCOLS = 101;

    /** When the last one came, as {@link System#nanoTime}. */
    private static final AttributeKey<Long> LAST = AttributeKey.valueOf("eventful.interim");

    private State state = State.REPLY;

    private enum State {
        REPLY,
        INTERIM
    }

    private InterimReplies() {}

    /** Watches a new connection. */
    static void leaveOut(Channel connection) {
        ChannelHandlerContext codec = connection.pipeline().context(HttpClientCodec.class);
        if (codec != null) connection.pipeline().addAfter(codec.name(), null, new InterimReplies());
        Http2ConnectionHandler frames = connection.pipeline().get(Http2ConnectionHandler.class);
        if (frames == null) return;
        Http2ConnectionDecoder decoder = frames.decoder();
        decoder.frameListener(new FinalHeads(decoder.frameListener()));
    }

    /** Whether one came after that time. */
    static boolean anySince(Channel connection, long nanos) {
        Long last = connection.attr(LAST).get();
        return last != null && last - nanos > 0;
    }

    private static void came(ChannelHandlerContext context) {
        context.channel().attr(LAST).set(System.nanoTime());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse reply && isInterim(reply.status().code())) {
            state = State.INTERIM;
            came(context);
        }
        if (state == State.REPLY) {
            context.fireChannelRead(message);
            return;
        }
        if (message instanceof LastHttpContent) state = State.REPLY;
        ReferenceCountUtil.release(message);
    }

    private static boolean isInterim(int status) {
        return status >= 100 && status < 200 && status != SWITCHING_PROTOCOLS;
    }

    /** The same of HTTP/2, where an interim reply is a head that does not end its stream (RFC 9113, section 8.1). */
    private static final class FinalHeads extends Http2FrameListenerDecorator {

        FinalHeads(Http2FrameListener listener) {
            super(listener);
        }

        private static boolean isInterim(Http2Headers head) {
            CharSequence status = head.status();
            return status != null
                    && status.length() == 3
                    && status.charAt(0) == '1'
                    && InterimReplies.isInterim(Integer.parseInt(status, 0, 3, 10));
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int stream, Http2Headers head, int padding, boolean endOfStream)
                throws Http2Exception {
            if (endOfStream || !isInterim(head)) super.onHeadersRead(context, stream, head, padding, endOfStream);
            else came(context);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int stream,
                Http2Headers head,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean endOfStream)
                throws Http2Exception {
            if (endOfStream || !isInterim(head))
                super.onHeadersRead(context, stream, head, dependency, weight, exclusive, padding, endOfStream);
            else came(context);
        }
    }
}
