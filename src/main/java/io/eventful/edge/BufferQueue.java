package io.eventful.edge;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Parts of a body that wait in memory, in order. */
final class BufferQueue {

    private static final byte[] NOTHING = {};

    private final Deque<Buffer> waiting = new ArrayDeque<>(4);
    private long bytes;

    void add(Buffer piece) {
        waiting.add(piece);
        bytes += piece.length();
    }

    @Nullable
    Buffer poll() {
        Buffer piece = waiting.poll();
        if (piece != null) bytes -= piece.length();
        return piece;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    /** All bytes as one array; the queue keeps them as a single part that shares the array. */
    byte[] gather() {
        if (waiting.isEmpty()) return NOTHING;
        ByteArrayOutputStream all = new ByteArrayOutputStream((int) bytes);
        for (Buffer piece : waiting) all.writeBytes(piece.getBytes());
        byte[] array = all.toByteArray();
        waiting.clear();
        waiting.add(Buffer.buffer(Unpooled.wrappedBuffer(array)));
        return array;
    }

    void clear() {
        waiting.clear();
        bytes = 0;
    }
}
