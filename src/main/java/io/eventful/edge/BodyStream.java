package io.eventful.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The body of one message: its beginning can be read into memory, then all of it passed on, held back whenever the
 * other side is slow. Belongs to one event loop.
 */
final class BodyStream {

    /** Where a body goes. */
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
    private final Tally tally;
    private final Share share;
    private final Pieces held = new Pieces();
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

    private BodyStream(@Nullable ReadStream<Buffer> source, Tally tally, Memory memory) {
        this.source = source;
        this.tally = tally;
        this.share = new Share(memory);
        if (source == null) {
            ended();
        } else {
            source.handler(this::chunk).endHandler(end -> ended()).exceptionHandler(this::failed);
        }
    }

    /** A message without a body. */
    static BodyStream none() {
        return new BodyStream(null, Tally.size(), Memory.UNBOUNDED);
    }

    /** A body that is in memory already. */
    static BodyStream whole(Buffer bytes) {
        BodyStream stream = none();
        if (bytes.length() > 0) stream.held.add(bytes);
        return stream;
    }

    /** Delivers as it comes; whoever makes it gives it a sink, or holds it, before the present event is over. */
    static BodyStream of(ReadStream<Buffer> source) {
        return new BodyStream(source, Tally.size(), Memory.UNBOUNDED);
    }

    /** Held back from the start, and digested. */
    static BodyStream digested(ReadStream<Buffer> source, Memory memory) {
        BodyStream stream = new BodyStream(source, Tally.sizeAndDigest(), memory);
        stream.hold();
        return stream;
    }

    /** Stops reading from the network until somebody reads or passes this body. */
    void hold() {
        if (source == null || !isOpen()) return;
        heldBack = true;
        source.pause();
    }

    /**
     * Lets the source deliver again. One that was never held back is left alone, since resuming it makes Vert.x
     * allocate a queue.
     */
    private void unhold() {
        if (!heldBack || source == null || !isOpen()) return;
        heldBack = false;
        source.resume();
    }

    /** Runs an action when the first piece, the end or a failure has shown. */
    void whenFirst(Runnable action) {
        if (!held.isEmpty() || !isOpen()) {
            action.run();
        } else {
            onFirst = action;
            unhold();
        }
    }

    /** Reads up to a limit; fails with {@link Memory.ExhaustedException} when the shared budget has no room. */
    CompletableFuture<Body> read(int most) {
        limit = most;
        mode = Mode.READING;
        if (failure != null) read.completeExceptionally(failure);
        else if (ended) whole();
        else unhold();
        return read;
    }

    /** Sends everything, what was read included, to a sink. */
    void pass(Sink to) {
        sink = to;
        mode = Mode.PASSING;
        paused = false;
        pump();
    }

    /** Reads to the end and drops it. */
    void discard() {
        mode = Mode.DISCARDING;
        release();
        unhold();
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

    /** True until its end or failure was seen. */
    boolean isOpen() {
        return !ended && failure == null;
    }

    /** True when all of it has come. */
    boolean isWhole() {
        return ended;
    }

    boolean isPaused() {
        return paused;
    }

    long size() {
        return tally.bytes();
    }

    /** {@link System#nanoTime()} of the last byte, or of the beginning. */
    long progress() {
        return progress;
    }

    /** Gives back what it holds of the shared budget. */
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
        // Whoever waits to have read it hears that it will not be.
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
            unhold();
        }
    }
}
