package io.eventful.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;

/**
 * The decoder of Vert.x without its tolerance: the request line is three words with one space between them, the version
 * is HTTP/1.1 or HTTP/1.0 (RFC 9112 §2.3, §3), and chunk sizes are hexadecimal numbers.
 */
final class RequestDecoder extends VertxHttpRequestDecoder {

    private final ChunkSizes sizes = new ChunkSizes(ChunkSizes.Padding.NONE);
    private int end;

    RequestDecoder(HttpServerOptions options) {
        super(options);
    }

    /** The request line is well-formed, but has a version of HTTP that this port does not speak. */
    static final class UnsupportedVersionException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private UnsupportedVersionException() {
            super("Unsupported version of HTTP");
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        ByteBuf next = sizes.checked(in);
        int start = next.readerIndex();
        int first = out.size();
        super.decode(context, next, out);
        sizes.follow(next.readerIndex() - start, out, first);
    }

    /** The method: the line, which is the content of the array, begins with it. */
    @Override
    protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
        if (start != 0) throw new IllegalArgumentException("The request line begins with a blank");
        end = length;
        return super.splitFirstWordInitialLine(line, start, length);
    }

    @Override
    protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
        follows(line, start, length);
        return super.splitSecondWordInitialLine(line, start, length);
    }

    @Override
    protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
        follows(line, start, length);
        String version = super.splitThirdWordInitialLine(line, start, length);
        boolean known = version.equals(HttpVersion.HTTP_1_1.text()) || version.equals(HttpVersion.HTTP_1_0.text());
        if (known) return version;
        if (version.matches("HTTP/[0-9]\\.[0-9]")) throw new UnsupportedVersionException();
        throw new IllegalArgumentException("Not a version of HTTP");
    }

    private void follows(byte[] line, int start, int length) {
        if (start != end + 1 || line[end] != HttpConstants.SP)
            throw new IllegalArgumentException("The words of the request line are not separated by one space");
        end = start + length;
    }

    /** A request whose line is malformed is answered in HTTP/1.1. */
    @Override
    protected HttpMessage createInvalidMessage() {
        return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/bad-request", Unpooled.EMPTY_BUFFER);
    }
}
