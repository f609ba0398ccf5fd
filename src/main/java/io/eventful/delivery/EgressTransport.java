package io.eventful.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.proxy.ProxyConnectionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.vertx.core.impl.transports.JDKTransport;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sockets towards sinks. Vert.x tells when a connection is ready, TLS included, and tunnels TLS only; so each socket
 * notes when it was connected, and goes through the proxy's tunnel when there is one.
 */
final class EgressTransport extends JDKTransport {

    /** {@link System#nanoTime} at which TCP was connected, to the sink or through the tunnel to it. */
    static final AttributeKey<Long> CONNECTED = AttributeKey.valueOf("eventful.connected");

    private final Egress egress;
    /**
     * When TCP was last connected, by address. Vert.x never gives away a connection whose TLS handshake failed, so the
     * attempt asks here.
     */
    private final Cache<SocketAddress, Long> last = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .executor(Runnable::run)
            .build();

    EgressTransport(Egress egress) {
        this.egress = egress;
    }

    /** When a connection to there was last made, as {@link System#nanoTime}; 0 when not lately. */
    long lastConnected(SocketAddress there) {
        Long at = last.getIfPresent(there);
        return at == null ? 0 : at;
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        if (domainSocket) return super.channelFactory(true);
        return () -> {
            NioSocketChannel channel = new NioSocketChannel();
            channel.pipeline().addLast(new Watch());
            return channel;
        };
    }

    /**
     * Notes the time of the connection, and puts the tunnel before it. Vert.x removes all handlers of the pipeline,
     * this one too, as soon as the connection is made.
     */
    private final class Watch extends ChannelDuplexHandler {

        private @Nullable ChannelPromise tunnelled;
        private @Nullable SocketAddress destination;

        @Override
        public void connect(
                ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
            egress.tunnel(remote).ifPresent(tunnel -> {
                context.pipeline().addFirst(tunnel);
                tunnelled = promise;
                destination = remote;
            });
            ChannelPromise tcp = context.newPromise();
            tcp.addListener(made -> {
                if (!made.isSuccess()) promise.tryFailure(failure(made.cause()));
                else if (tunnelled == null) made(context, remote, promise);
            });
            context.connect(remote, local, tcp);
        }

        private Throwable failure(Throwable cause) {
            if (tunnelled == null || cause instanceof ConnectTimeoutException) return cause;
            return new ProxyConnectException("the proxy is not there", cause);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ProxyConnectionEvent && tunnelled != null && destination != null)
                made(context, destination, tunnelled);
            context.fireUserEventTriggered(event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            if (!(failure instanceof ProxyConnectException) || tunnelled == null) context.fireExceptionCaught(failure);
            // With TLS, its handler has told the waiting attempt; passing the failure on would only have it logged.
            else if (context.pipeline().get(SslHandler.class) == null) tunnelled.tryFailure(failure);
        }

        private void made(ChannelHandlerContext context, SocketAddress remote, ChannelPromise promise) {
            long now = System.nanoTime();
            context.channel().attr(CONNECTED).set(now);
            last.put(remote, now);
            promise.trySuccess();
        }
    }
}
