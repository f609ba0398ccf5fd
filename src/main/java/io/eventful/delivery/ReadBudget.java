package io.eventful.delivery;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;

/**
 * What one connection may read: so much for each attempt on it. The limits of heads and bodies know of replies only, but
 * a receiver may send what is none, such as pings, settings or interim replies, for as long as the attempt lasts, and
 * the loop that reads it belongs to other receivers too. Whoever sends more loses the connection. Belongs to its
 * channel's event loop.
 */
final class ReadBudget extends ChannelInboundHandlerAdapter {

    private static final AttributeKey<ReadBudget> KEY = AttributeKey.valueOf("eventful.budget");

    /** Frames, TLS, and what is on its way already when a reply is cut: a window of HTTP/2, or a socket's buffer. */
    private static final long BESIDE = 256 << 10;

    private final long each;
    private final long most;
    private long left;

    private ReadBudget(DeliveryLimits limits) {
        each = limits.responseHead().toBytes() + limits.responseBody().toBytes() + BESIDE;
        // What small replies leave unused does not add up without a bound.
        most = each * limits.concurrencyPerEndpoint();
        left = each;
    }

    /** Begins to watch a new connection. */
    static void watch(Channel connection, DeliveryLimits limits) {
        ReadBudget budget = new ReadBudget(limits);
        connection.attr(KEY).set(budget);
        connection.pipeline().addFirst(budget);
    }

    /** There is an attempt more on a connection. */
    static void attempt(Channel connection) {
        ReadBudget budget = connection.attr(KEY).get();
        if (budget != null) budget.left = Math.min(budget.most, budget.left + budget.each);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        boolean spent = left < 0;
        if (message instanceof ByteBuf bytes) left -= bytes.readableBytes();
        if (left >= 0) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        // Both protocols end the attempts of the connection with it, and close.
        if (!spent)
            context.fireExceptionCaught(new DecoderException(Http2Exception.connectionError(
                    Http2Error.ENHANCE_YOUR_CALM, "more than the replies to all attempts may be")));
    }
}
