package io.eventful.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpServerOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The first handler in the pipeline of a client connection. It enforces the time-out of the first request (or of the
 * HTTP/2 preface and settings); after that it reports received bytes before they are decoded.
 */
final class ConnectionStart extends ChannelInboundHandlerAdapter {

    static final String NAME = "eventful-door";

    /** RFC 9113 §3.4. */
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private enum Protocol {
        UNKNOWN,
        HTTP1,
        /** HTTP/2 in clear text with prior knowledge. */
        HTTP2,
        TLS
    }

    /** Is no preface, and an HTTP/1 decoder ignores it (RFC 9112 §2.2). */
    private static final byte[] EMPTY_LINE = {'\r', '\n'};

    /** Length of the first line of the preface, which is also a request line. */
    private static final int PREFACE_LINE = 16;

    private final EdgeSettings.Limits limits;
    private final HttpServerOptions options;
    private final int number;
    private Protocol protocol;
    private int matched;
    private boolean begun;
    private boolean shut;
    private @Nullable Runnable onBytes;
    private @Nullable ScheduledFuture<?> deadline;

    /**
     * A new connection.
     *
     * @param options of the listener
     * @param number of connections open when this one was accepted, itself included
     */
    ConnectionStart(EdgeSettings settings, HttpServerOptions options, int number) {
        this.limits = settings.limits();
        this.options = options;
        this.number = number;
        this.protocol = settings.tls().isOn() ? Protocol.TLS : Protocol.UNKNOWN;
    }

    boolean isOverLimit() {
        return number > limits.connections();
    }

    /** Hands the connection over to its owner, which enforces the time-outs from now on. */
    void pass(Runnable whenBytes) {
        onBytes = whenBytes;
        if (deadline != null) deadline.cancel(false);
    }

    /** Decodes requests in HTTP/1 by this port's rules. */
    void decodeStrictly(ChannelPipeline pipeline) {
        VertxInternals.decodeStrictly(pipeline, options);
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
        if (protocol == Protocol.HTTP1) {
            refuse(context, ClientConnection.TOO_SLOW);
        } else {
            shut = true;
            context.close();
        }
    }

    private void refuse(ChannelHandlerContext context, byte[] answer) {
        shut = true;
        context.writeAndFlush(Unpooled.wrappedBuffer(answer)).addListener(written -> {
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
     * Distinguishes HTTP/2 with prior knowledge from HTTP/1. Vert.x does the same, but then accepts an upgrade from
     * HTTP/1 to h2c, which would bypass the HTTP/1 checks; therefore the upgrade handler is removed at once. Its decoder is
     * replaced before it has read more than the beginning of a preface; a preface that is wrong after its first line is
     * refused here.
     */
    private void detect(ChannelHandlerContext context, ByteBuf bytes) {
        int length = bytes.readableBytes();
        for (int i = 0; i < length && matched + i < PREFACE.length; i++) {
            if (bytes.getByte(bytes.readerIndex() + i) == PREFACE[matched + i]) continue;
            protocol = Protocol.HTTP1;
            if (matched + i >= PREFACE_LINE) {
                bytes.release();
                refuse(context, ClientConnection.OTHER_VERSION);
                return;
            }
            context.fireChannelRead(matched == 0 ? Unpooled.wrappedBuffer(EMPTY_LINE) : bytes.readRetainedSlice(i + 1));
            if (context.pipeline().get("h2c") != null) {
                context.pipeline().addBefore("h2c", H2cUpgradeRemover.NAME, new H2cUpgradeRemover());
            }
            decodeStrictly(context.pipeline());
            context.fireChannelRead(bytes);
            return;
        }
        matched += length;
        if (matched >= PREFACE.length) protocol = Protocol.HTTP2;
        context.fireChannelRead(bytes);
    }
}
