package io.eventful.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.internal.StringUtil;
import java.util.List;

/**
 * Checks the chunk-size lines of one connection before Netty's decoder reads them (RFC 9112 §7.1): {@code 1*HEXDIG} and
 * then an extension or the end of the line. The decoder skips leading white space and ignores what follows a blank or a
 * control character, so that {@code 2 3} would be 2 here and something else to another parser.
 */
final class ChunkSizes {

    /** What may stand between the size and the end of its line, besides an extension. */
    enum Padding {
        NONE,
        /** Spaces and tabs: some servers write sizes of a fixed width. */
        BLANKS
    }

    private static final long NONE_AWAITED = -1;
    private static final int CRLF = 2;
    private static final int HEX = 16;

    private final Padding padding;
    /** Bytes before the next chunk-size line. */
    private long distance = NONE_AWAITED;

    ChunkSizes(Padding padding) {
        this.padding = padding;
    }

    /** What the decoder may read next: the input, or, if it goes on with a malformed size, a line that the decoder rejects. */
    ByteBuf checked(ByteBuf in) {
        if (distance != 0 || isValid(in)) return in;
        in.skipBytes(in.readableBytes());
        return Unpooled.wrappedBuffer(new byte[] {'x', HttpConstants.CR, HttpConstants.LF});
    }

    private boolean isValid(ByteBuf in) {
        int start = in.readerIndex();
        int end = in.indexOf(start, in.writerIndex(), HttpConstants.LF);
        if (end < 0) return true;
        long size = 0;
        int at = start;
        for (int digit; (digit = StringUtil.decodeHexNibble(in.getByte(at))) >= 0; at++) {
            size = size * HEX + digit;
            // The decoder rejects it.
            if (size > Integer.MAX_VALUE) return true;
        }
        if (at == start) return false;
        int digits = at;
        while (in.getByte(at) == HttpConstants.SP || in.getByte(at) == HttpConstants.HT) at++;
        boolean extended = in.getByte(at) == HttpConstants.SEMICOLON;
        boolean ends = at == end - 1 && in.getByte(at) == HttpConstants.CR;
        if (!extended && !(ends && (at == digits || padding == Padding.BLANKS))) return false;
        distance = size == 0 ? NONE_AWAITED : end + 1L - start + size + CRLF;
        return true;
    }

    /**
     * Follows what the decoder has done.
     *
     * @param read bytes that it has consumed
     * @param made messages and parts that it has produced, the new ones from {@code first} on
     */
    void follow(int read, List<Object> made, int first) {
        if (distance > 0) distance -= read;
        // A message without a body is followed by its end at once.
        if (made.size() == first + 1
                && made.get(first) instanceof HttpMessage message
                && message.decoderResult().isSuccess()
                && HttpUtil.isTransferEncodingChunked(message)) {
            distance = 0;
        }
    }
}
