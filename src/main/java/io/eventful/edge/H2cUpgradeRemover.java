package io.eventful.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Removes {@code Upgrade: h2c} from the first request of a connection, which then continues in HTTP/1.1; RFC 9113 has
 * deprecated that upgrade. Vert.x offers it only for the first request.
 */
final class H2cUpgradeRemover extends ChannelInboundHandlerAdapter {

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
