package io.eventful.channel;

import io.eventful.channel.BrokerSettings.Publish;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way to a broker, in order: waiting to be sent, or sent and not yet acknowledged. When the
 * connection breaks, the latter go back to the front of the former. Bounded by count, bytes and time.
 *
 * <p>Where the broker itself does not keep the order of what is under way to it at the same time, messages name a line:
 * the next one of a line is sent when the one before is acknowledged.
 */
final class Outbox<M> {

    /** A message on its way. */
    static final class Parcel<M> {
        final String destination;
        final @Nullable Object line;
        final M message;
        final int size;
        final long deadline;
        final CompletableFuture<Void> done = new CompletableFuture<>();

        private Parcel(String destination, @Nullable Object line, M message, int size, long deadline) {
            this.destination = destination;
            this.line = line;
            this.message = message;
            this.size = size;
            this.deadline = deadline;
        }
    }

    private final Publish limits;
    private final Deque<Parcel<M>> waiting = new ArrayDeque<>();
    private final SequencedSet<Parcel<M>> sent = new LinkedHashSet<>();
    /** The first of each line that has one under way, or about to be; and what waits behind it. */
    private final Map<Object, Parcel<M>> heads = new HashMap<>();

    private final Map<Object, Deque<Parcel<M>>> behind = new HashMap<>();
    /** When a line with more to send was last acknowledged something: what waits in it has its time from then. */
    private final Map<Object, Long> progress = new HashMap<>();

    private final LongSupplier nanos;
    private long bytes;
    private int count;
    private boolean closed;

    Outbox(Publish limits) {
        this(limits, System::nanoTime);
    }

    /** @param nanos a clock such as {@link System#nanoTime} */
    Outbox(Publish limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
    }

    /** Adds a message at the end, of no line; fails at once when closed or full. */
    Parcel<M> add(String destination, M message, int size) {
        return add(destination, null, message, size);
    }

    /** The same of a line; null for none. */
    Parcel<M> add(String destination, @Nullable Object line, M message, int size) {
        Parcel<M> parcel = new Parcel<>(
                destination,
                line,
                message,
                size,
                nanos.getAsLong() + limits.timeout().toNanos());
        String refused = null;
        synchronized (this) {
            if (closed) refused = "The channels are closed";
            else if (count >= limits.pending())
                refused = "More than eventful.broker.publish.pending events are waiting for the broker";
            else if (bytes + size > limits.pendingSize().toBytes() && bytes > 0)
                refused = "More than eventful.broker.publish.pending-size bytes are waiting for the broker";
            if (refused == null) {
                waiting.addLast(parcel);
                bytes += size;
                count++;
            }
        }
        if (refused != null) parcel.done.completeExceptionally(new ChannelUnavailableException(refused));
        return parcel;
    }

    /** The next message to send, counted as sent from now. */
    synchronized @Nullable Parcel<M> next() {
        Parcel<M> parcel = waiting.pollFirst();
        while (parcel != null && waits(parcel)) parcel = waiting.pollFirst();
        if (parcel != null) sent.add(parcel);
        return parcel;
    }

    /** Puts a message behind the one of its line that is under way. */
    private boolean waits(Parcel<M> parcel) {
        Object line = parcel.line;
        if (line == null || heads.computeIfAbsent(line, free -> parcel) == parcel) return false;
        behind.computeIfAbsent(line, fresh -> new ArrayDeque<>(2)).addLast(parcel);
        return true;
    }

    /** The message could not even be handed over: it is the next one again. */
    synchronized void unsent(Parcel<M> parcel) {
        if (sent.remove(parcel)) waiting.addFirst(parcel);
    }

    /** The broker has the message; what waited behind it is next to be sent. */
    void acknowledged(Parcel<M> parcel) {
        synchronized (this) {
            if (parcel.line != null && behind.containsKey(parcel.line)) progress.put(parcel.line, nanos.getAsLong());
        }
        if (remove(parcel)) parcel.done.complete(null);
    }

    /** The broker refused the message; what waited behind it is next to be sent. */
    void refused(Parcel<M> parcel, Throwable reason) {
        if (remove(parcel)) parcel.done.completeExceptionally(reason);
    }

    /** Whether there is something to send. */
    synchronized boolean isReady() {
        return !waiting.isEmpty();
    }

    /** The connection broke: nobody knows what arrived, so all of it is sent again, in the same order. */
    synchronized void disconnected() {
        for (Parcel<M> parcel : sent.reversed()) waiting.addFirst(parcel);
        sent.clear();
    }

    /** Fails what is past its time. */
    void expire() {
        long now = nanos.getAsLong();
        List<Parcel<M>> late = new ArrayList<>();
        synchronized (this) {
            for (Parcel<M> parcel : sent) if (isLate(parcel, now)) late.add(parcel);
            for (Parcel<M> parcel : waiting) if (isLate(parcel, now)) late.add(parcel);
            for (Deque<Parcel<M>> line : behind.values())
                for (Parcel<M> parcel : line) if (isLate(parcel, now)) late.add(parcel);
        }
        for (Parcel<M> parcel : late)
            refused(
                    parcel,
                    new ChannelUnavailableException(
                            "The broker did not acknowledge within eventful.broker.publish.timeout"));
    }

    private boolean isLate(Parcel<M> parcel, long now) {
        if (parcel.deadline - now >= 0) return false;
        Long moved = parcel.line == null ? null : progress.get(parcel.line);
        return moved == null || moved + limits.timeout().toNanos() - now < 0;
    }

    /** Fails everything and takes nothing more. */
    void close() {
        List<Parcel<M>> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(sent);
            all.addAll(waiting);
            behind.values().forEach(all::addAll);
        }
        for (Parcel<M> parcel : all) refused(parcel, new ChannelUnavailableException("The channels are closed"));
    }

    private synchronized boolean remove(Parcel<M> parcel) {
        boolean was = sent.remove(parcel) || waiting.remove(parcel) || withdrawn(parcel);
        if (!was) return false;
        bytes -= parcel.size;
        count--;
        Object line = parcel.line;
        if (line != null && heads.remove(line, parcel)) advance(line);
        return true;
    }

    private boolean withdrawn(Parcel<M> parcel) {
        Object line = parcel.line;
        Deque<Parcel<M>> left = line == null ? null : behind.get(line);
        if (line == null || left == null || !left.remove(parcel)) return false;
        if (left.isEmpty()) behind.remove(line);
        return true;
    }

    /** The first of a line is gone: the next one takes its place. */
    private void advance(Object line) {
        Deque<Parcel<M>> left = behind.get(line);
        if (left == null) {
            progress.remove(line);
            return;
        }
        Parcel<M> next = left.removeFirst();
        if (left.isEmpty()) behind.remove(line);
        heads.put(line, next);
        waiting.addFirst(next);
    }
}
