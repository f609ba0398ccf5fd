package io.eventful.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Handler of the listening socket: counts open connections, rejects those over the limit, and can stop accepting. */
final class ConnectionAcceptor extends ChannelInboundHandlerAdapter {

    /** Number of connections over the limit that still get a 503; further ones are closed without a response. */
    private static final int SPARE = 64;

    private final EdgeSettings settings;
    private final HttpServerOptions options;
    private final AtomicInteger open;
    private volatile @Nullable Channel listener;

    /** @param open number of open connections, updated by this class */
    ConnectionAcceptor(EdgeSettings settings, AtomicInteger open) {
        this.settings = settings;
        this.options = ListenOptions.of(settings.limits());
        this.open = open;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        listener = context.channel();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        Channel channel = (Channel) accepted;
        int number = open.incrementAndGet();
        if (number > settings.limits().connections() + SPARE) {
            open.decrementAndGet();
            channel.unsafe().closeForcibly();
            return;
        }
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        channel.pipeline().addLast(ConnectionStart.NAME, new ConnectionStart(settings, options, number));
        context.fireChannelRead(channel);
    }

    /** Closes the listening socket; connections stay. */
    void close() {
        Channel channel = listener;
        if (channel != null) channel.close();
    }
}
