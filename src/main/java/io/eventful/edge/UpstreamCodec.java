package io.eventful.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Requests to an upstream and its replies in HTTP/1.1, as Netty's {@code HttpClientCodec}, which cannot be extended, but
 * with a check of chunk sizes, with each target as it is, and without CONNECT.
 */
final class UpstreamCodec extends CombinedChannelDuplexHandler<HttpResponseDecoder, HttpRequestEncoder> {

    private static final byte[] LINE_END = {'\r', '\n'};

    /** Methods of the requests that have no final reply yet. */
    private final Queue<HttpMethod> sent = new ArrayDeque<>();

    UpstreamCodec(HttpDecoderConfig limits) {
        init(new Decoder(limits), new Encoder());
    }

    private final class Encoder extends HttpRequestEncoder {
        @Override
        protected void encode(ChannelHandlerContext context, Object message, List<Object> out) throws Exception {
            if (message instanceof HttpRequest request) sent.add(request.method());
            super.encode(context, message, out);
        }

        /** Netty puts a slash behind an authority without a path: for OPTIONS, that is another target (RFC 9112 §3.2.4). */
        @Override
        protected void encodeInitialLine(ByteBuf out, HttpRequest request) throws Exception {
            if (request.uri().isEmpty() || request.uri().startsWith("/")) {
                super.encodeInitialLine(out, request);
                return;
            }
            ByteBufUtil.writeUtf8(out, request.method().name() + " " + request.uri() + " " + request.protocolVersion());
            out.writeBytes(LINE_END);
        }
    }

    private final class Decoder extends HttpResponseDecoder {

        private final ChunkSizes sizes = new ChunkSizes(ChunkSizes.Padding.BLANKS);

        Decoder(HttpDecoderConfig limits) {
            super(limits);
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
            ByteBuf next = sizes.checked(in);
            int start = next.readerIndex();
            int first = out.size();
            super.decode(context, next, out);
            sizes.follow(next.readerIndex() - start, out, first);
        }

        /** RFC 9112 §6.3: a reply to HEAD has no body, whatever its fields say. */
        @Override
        protected boolean isContentAlwaysEmpty(HttpMessage message) {
            boolean last = ((HttpResponse) message).status().codeClass() != HttpStatusClass.INFORMATIONAL;
            boolean head = last && HttpMethod.HEAD.equals(sent.poll());
            return head || super.isContentAlwaysEmpty(message);
        }
    }
}
