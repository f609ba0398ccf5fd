package io.eventful.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Takes {@code Upgrade: h2c} out of a connection's first request, which then goes on in HTTP/1.1; RFC 9113 dropped that
 * upgrade. Later requests are never asked for it.
 */
final class WithoutUpgrade extends ChannelInboundHandlerAdapter {

    static final String NAME = "eventful-without-upgrade";

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            if (request.headers().contains("upgrade", "h2c", true))
                request.headers().remove("upgrade");
            context.pipeline().remove(this);
        }
        context.fireChannelRead(message);
    }
}
