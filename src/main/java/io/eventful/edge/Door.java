package io.eventful.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * First in the pipeline of a client's connection. Until its first request, or its HTTP/2 preface and settings, are
 * there it watches the time; afterwards it tells of bytes before they are decoded.
 */
final class Door extends ChannelInboundHandlerAdapter {

    static final String NAME = "eventful-door";

    /** RFC 9113 §3.4. */
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private enum Protocol {
        UNKNOWN,
        HTTP1,
        /** HTTP/2 in clear text. */
        HTTP2,
        TLS
    }

    private final EdgeSettings.Limits limits;
    private final int number;
    private Protocol protocol;
    private int matched;
    private boolean begun;
    private boolean shut;
    private @Nullable Runnable onBytes;
    private @Nullable ScheduledFuture<?> deadline;

    /** @param number of connections open when this one was accepted, itself included */
    Door(EdgeSettings settings, int number) {
        this.limits = settings.limits();
        this.number = number;
        this.protocol = settings.tls().isOn() ? Protocol.TLS : Protocol.UNKNOWN;
    }

    boolean isOverLimit() {
        return number > limits.connections();
    }

    /** The connection is known; from here on its owner watches the time. */
    void pass(Runnable whenBytes) {
        onBytes = whenBytes;
        if (deadline != null) deadline.cancel(false);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        within(limits.keepAlive(), context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (deadline != null) deadline.cancel(false);
        context.fireChannelInactive();
    }

    private void within(Duration time, ChannelHandlerContext context) {
        if (deadline != null) deadline.cancel(false);
        deadline = context.executor().schedule(() -> late(context), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void late(ChannelHandlerContext context) {
        if (onBytes != null || shut) return;
        shut = true;
        if (protocol != Protocol.HTTP1) {
            context.close();
            return;
        }
        context.writeAndFlush(Unpooled.wrappedBuffer(ClientConnection.TOO_SLOW)).addListener(written -> {
            if (context.channel() instanceof DuplexChannel socket) socket.shutdownOutput();
        });
        context.executor().schedule(() -> context.close(), ClientConnection.LINGER_NANOS, TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Runnable owner = onBytes;
        if (owner != null) {
            owner.run();
            context.fireChannelRead(message);
        } else if (shut) {
            ReferenceCountUtil.release(message);
        } else {
            if (!begun) within(limits.headTimeout(), context);
            begun = true;
            if (protocol == Protocol.UNKNOWN && message instanceof ByteBuf bytes) detect(context, bytes);
            else context.fireChannelRead(message);
        }
    }

    /**
     * Tells HTTP/2 with prior knowledge from HTTP/1. Vert.x does so too, and then offers HTTP/1 clients an upgrade to
     * h2c, which would let a request in past the checks of HTTP/1: so that offer is taken back as soon as it is made.
     */
    private void detect(ChannelHandlerContext context, ByteBuf bytes) {
        int length = bytes.readableBytes();
        for (int i = 0; i < length && matched + i < PREFACE.length; i++) {
            if (bytes.getByte(bytes.readerIndex() + i) == PREFACE[matched + i]) continue;
            protocol = Protocol.HTTP1;
            context.fireChannelRead(bytes.readRetainedSlice(i + 1));
            if (context.pipeline().get("h2c") != null) {
                context.pipeline().addBefore("h2c", WithoutUpgrade.NAME, new WithoutUpgrade());
            }
            context.fireChannelRead(bytes);
            return;
        }
        matched += length;
        if (matched >= PREFACE.length) protocol = Protocol.HTTP2;
        context.fireChannelRead(bytes);
    }
}
