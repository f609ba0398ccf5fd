package io.eventful.delivery;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Leaves out interim (1xx) replies of HTTP/1.1, any number of any of them (RFC 9110, section 15.2): the client would
 * take those that it does not know for the reply. 101 is one: nobody asked for another protocol. Belongs to its channel's
 * event loop.
 */
final class InterimReplies extends ChannelInboundHandlerAdapter {

    private static final int SWITCHING_PROTOCOLS = 101;

    private State state = State.REPLY;

    private enum State {
        REPLY,
        INTERIM
    }

    private InterimReplies() {}

    /** Watches a new connection; one of HTTP/2 is left as it is. */
    static void leaveOut(Channel connection) {
        ChannelHandlerContext codec = connection.pipeline().context(HttpClientCodec.class);
        if (codec != null) connection.pipeline().addAfter(codec.name(), null, new InterimReplies());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse reply && isInterim(reply.status().code())) state = State.INTERIM;
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
}
