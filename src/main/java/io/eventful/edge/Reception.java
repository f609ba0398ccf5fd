package io.eventful.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Sits on the listening socket: counts what is open, turns away what is too much, and can end accepting. */
final class Reception extends ChannelInboundHandlerAdapter {

    /** Connections over the limit that still hear why they are refused. */
    private static final int SPARE = 64;

    private final EdgeSettings settings;
    private final AtomicInteger open;
    private volatile @Nullable Channel listener;

    /** @param open number of open connections, kept here */
    Reception(EdgeSettings settings, AtomicInteger open) {
        this.settings = settings;
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
        channel.pipeline().addLast(Door.NAME, new Door(settings, number));
        context.fireChannelRead(channel);
    }

    /** Closes the listening socket; connections stay. */
    void close() {
        Channel channel = listener;
        if (channel != null) channel.close();
    }
}
