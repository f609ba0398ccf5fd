package io.eventful.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that writes HTTP/2 frame by frame (RFC 9113 §4, §6), right or wrong. */
final class Http2Frames implements Closeable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    /** One frame. */
    record Frame(int type, int flags, int stream, byte[] payload) {
        /** Error code of RST_STREAM, or of GOAWAY. */
        int error() {
            int at = type == GOAWAY ? 4 : 0;
            return (payload[at] & 255) << 24
                    | (payload[at + 1] & 255) << 16
                    | (payload[at + 2] & 255) << 8
                    | (payload[at + 3] & 255);
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();

    /** Connects and sends the preface and empty settings. */
    Http2Frames(int port) throws IOException {
        this(port, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        frame(SETTINGS, 0, 0);
    }

    Http2Frames(int port, String preface) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(5_000);
        in = new DataInputStream(socket.getInputStream());
        bytes(preface.getBytes(StandardCharsets.ISO_8859_1));
    }

    Http2Frames bytes(byte... raw) throws IOException {
        socket.getOutputStream().write(raw);
        return this;
    }

    Http2Frames frame(int type, int flags, int stream, byte... payload) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int size = payload.length;
        out.writeBytes(new byte[] {(byte) (size >> 16), (byte) (size >> 8), (byte) size, (byte) type, (byte) flags});
        out.writeBytes(new byte[] {(byte) (stream >> 24), (byte) (stream >> 16), (byte) (stream >> 8), (byte) stream});
        out.writeBytes(payload);
        return bytes(out.toByteArray());
    }

    /** HEADERS with these names and values, in turn, nothing checked. */
    Http2Frames headers(int flags, int stream, String... fields) throws IOException {
        return frame(HEADERS, flags, stream, block(fields));
    }

    byte[] block(String... fields) throws IOException {
        Http2Headers headers = new DefaultHttp2Headers(false);
        for (int i = 0; i < fields.length; i += 2) headers.add(fields[i], fields[i + 1]);
        ByteBuf out = Unpooled.buffer();
        try {
            encoder.encodeHeaders(3, headers, out);
        } catch (Exception impossible) {
            throw new IOException(impossible);
        }
        byte[] block = new byte[out.readableBytes()];
        out.readBytes(block);
        return block;
    }

    /** The next frame that says what became of a request or of the connection; null at the end of the connection. */
    Frame verdict() throws IOException {
        for (Frame next = read(); next != null; next = read()) {
            boolean says = next.type() == HEADERS
                    || next.type() == RST_STREAM
                    || next.type() == GOAWAY
                    || (next.type() == PING && next.flags() == ACK);
            if (says) return next;
        }
        return null;
    }

    private Frame read() throws IOException {
        try {
            int size = in.readUnsignedByte() << 16 | in.readUnsignedByte() << 8 | in.readUnsignedByte();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            return new Frame(type, flags, stream, in.readNBytes(size));
        } catch (EOFException | SocketException closed) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
