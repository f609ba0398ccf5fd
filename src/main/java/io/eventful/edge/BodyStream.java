package io.eventful.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The body of one message, with back-pressure: its beginning can be read into memory, and then the whole body is piped
 * to a {@link Sink}. Confined to one event loop.
 */
final class BodyStream {

    /** Receives the parts of a body. */
    interface Sink {
        void chunk(Buffer data);

        void end();

        void failed(Throwable cause);
    }

    private enum Mode {
        HELD,
        READING,
        PASSING,
        DISCARDING
    }

    private final @Nullable ReadStream<Buffer> source;
    private final BodyDigester tally;
    private final MemoryReservation share;
    private final BufferQueue held = new BufferQueue();
    private final CompletableFuture<Digest> digest = new CompletableFuture<>();
    private final CompletableFuture<Body> read = new CompletableFuture<>();
    private Mode mode = Mode.HELD;
    private @Nullable Sink sink;
    private @Nullable Throwable failure;
    private @Nullable Runnable onFirst;
    private boolean ended;
    private boolean paused;
    private boolean heldBack;
    private int limit;
    private long progress = System.nanoTime();

    private BodyStream(@Nullable ReadStream<Buffer> source, BodyDigester tally, Memory memory) {
        this.source = source;
        this.tally = tally;
        this.share = new MemoryReservation(memory);
        if (source == null) {
            ended();
        } else {
            source.handler(this::chunk).endHandler(end -> ended()).exceptionHandler(this::failed);
        }
    }

    /** A message without a body. */
    static BodyStream none() {
        return new BodyStream(null, BodyDigester.size(), Memory.UNBOUNDED);
    }

    /** A body that is already in memory. */
    static BodyStream whole(Buffer bytes) {
        BodyStream stream = none();
        if (bytes.length() > 0) stream.held.add(bytes);
        return stream;
    }

    /** A body that flows immediately: the caller must set a sink or call {@link #hold} within the current event. */
    static BodyStream of(ReadStream<Buffer> source) {
        return new BodyStream(source, BodyDigester.size(), Memory.UNBOUNDED);
    }

    /** A body that is paused at first and whose digest is computed. */
    static BodyStream digested(ReadStream<Buffer> source, Memory memory) {
        BodyStream stream = new BodyStream(source, BodyDigester.sizeAndDigest(), memory);
        stream.hold();
        return stream;
    }

    /** Pauses reading from the network until the body is read or passed on. */
    void hold() {
        if (source == null || !isOpen()) return;
        heldBack = true;
        source.pause();
    }

    /**
     * Resumes the source. A source that was never paused is left alone, because resuming it makes Vert.x allocate a
     * queue.
     */
    private void resumeSource() {
        if (!heldBack || source == null || !isOpen()) return;
        heldBack = false;
        source.resume();
    }

    /** Runs an action at the first part, the end or a failure of the body. */
    void whenFirst(Runnable action) {
        if (!held.isEmpty() || !isOpen()) {
            action.run();
        } else {
            onFirst = action;
            resumeSource();
        }
    }

    /** Reads up to a limit; fails with {@link Memory.ExhaustedException} if the shared memory budget is exhausted. */
    CompletableFuture<Body> read(int most) {
        limit = most;
        mode = Mode.READING;
        if (failure != null) read.completeExceptionally(failure);
        else if (ended) whole();
        else resumeSource();
        return read;
    }

    /** Pipes the whole body, including the part that was read, to a sink. */
    void pass(Sink to) {
        sink = to;
        mode = Mode.PASSING;
        paused = false;
        pump();
    }

    /** Reads to the end and discards the content. */
    void discard() {
        mode = Mode.DISCARDING;
        release();
        resumeSource();
    }

    void pause() {
        paused = true;
        hold();
    }

    void resume() {
        if (!paused) return;
        paused = false;
        pump();
    }

    CompletableFuture<Digest> digest() {
        return digest;
    }

    /** True until the end or a failure was received. */
    boolean isOpen() {
        return !ended && failure == null;
    }

    /** True if the whole body was received. */
    boolean isWhole() {
        return ended;
    }

    boolean isPaused() {
        return paused;
    }

    long size() {
        return tally.bytes();
    }

    /** {@link System#nanoTime()} of the last byte received, or of the creation. */
    long progress() {
        return progress;
    }

    /** Releases its share of the memory budget. */
    void release() {
        held.clear();
        share.release();
    }

    private void chunk(Buffer data) {
        progress = System.nanoTime();
        tally.add(data);
        if (mode == Mode.PASSING && !paused && sink != null) {
            sink.chunk(data);
        } else if (mode != Mode.DISCARDING) {
            keep(data);
        }
        first();
    }

    private void keep(Buffer data) {
        held.add(data);
        if (mode != Mode.READING) return;
        if (!share.take(data.length())) {
            mode = Mode.HELD;
            hold();
            read.completeExceptionally(new Memory.ExhaustedException());
            return;
        }
        if (held.bytes() > limit) {
            mode = Mode.HELD;
            hold();
            read.complete(new Body.Partial(held.gather()));
        }
    }

    private void ended() {
        if (ended || failure != null) return;
        ended = true;
        progress = System.nanoTime();
        digest.complete(tally.finish());
        if (mode == Mode.READING) whole();
        else if (mode == Mode.PASSING) pump();
        // A pending read must fail, because the body will not be read any more.
        else if (mode == Mode.DISCARDING) read.completeExceptionally(new CallAbortedException("the body was dropped"));
        first();
    }

    void failed(Throwable cause) {
        if (ended || failure != null) return;
        failure = cause;
        digest.completeExceptionally(cause);
        read.completeExceptionally(cause);
        if (mode == Mode.PASSING) pump();
        first();
    }

    private void first() {
        Runnable action = onFirst;
        onFirst = null;
        if (action != null) action.run();
    }

    private void whole() {
        mode = Mode.HELD;
        read.complete(new Body.Whole(held.gather()));
    }

    private void pump() {
        Sink to = sink;
        if (to == null) return;
        for (Buffer next; !paused && (next = held.poll()) != null; ) to.chunk(next);
        if (paused) return;
        if (failure != null || ended) {
            sink = null;
            if (failure != null) to.failed(failure);
            else to.end();
        } else {
            resumeSource();
        }
    }
}
