package io.eventful.channel;

import io.eventful.channel.BrokerSettings.Publish;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way to a broker, in order: waiting to be sent, or sent and not yet acknowledged. When the
 * connection breaks, the latter go back to the front of the former. Bounded by count, bytes and time.
 */
final class Outbox<M> {

    /** A message on its way. */
    static final class Parcel<M> {
        final String destination;
        final M message;
        final int size;
        final long deadline;
        final CompletableFuture<Void> done = new CompletableFuture<>();

        private Parcel(String destination, M message, int size, long deadline) {
            this.destination = destination;
            this.message = message;
            this.size = size;
            this.deadline = deadline;
        }
    }

    private final Publish limits;
    private final Deque<Parcel<M>> waiting = new ArrayDeque<>();
    private final SequencedSet<Parcel<M>> sent = new LinkedHashSet<>();
    private long bytes;
    private boolean closed;

    Outbox(Publish limits) {
        this.limits = limits;
    }

    /** Adds a message at the end; fails at once when closed or full. */
    Parcel<M> add(String destination, M message, int size) {
        Parcel<M> parcel = new Parcel<>(
                destination, message, size, System.nanoTime() + limits.timeout().toNanos());
        String refused = null;
        synchronized (this) {
            if (closed) refused = "The channels are closed";
            else if (waiting.size() + sent.size() >= limits.pending())
                refused = "More than eventful.broker.publish.pending events wait for the broker";
            else if (bytes + size > limits.pendingSize().toBytes() && bytes > 0)
                refused = "More than eventful.broker.publish.pending-size bytes wait for the broker";
            if (refused == null) {
                waiting.addLast(parcel);
                bytes += size;
            }
        }
        if (refused != null) parcel.done.completeExceptionally(new ChannelUnavailableException(refused));
        return parcel;
    }

    /** The next message to send, counted as sent from now. */
    synchronized @Nullable Parcel<M> next() {
        Parcel<M> parcel = waiting.pollFirst();
        if (parcel != null) sent.add(parcel);
        return parcel;
    }

    /** The message could not even be handed over: it is the next one again. */
    synchronized void unsent(Parcel<M> parcel) {
        if (sent.remove(parcel)) waiting.addFirst(parcel);
    }

    /** The broker has the message. */
    void acknowledged(Parcel<M> parcel) {
        if (remove(parcel)) parcel.done.complete(null);
    }

    /** The broker refused the message. */
    void refused(Parcel<M> parcel, Throwable reason) {
        if (remove(parcel)) parcel.done.completeExceptionally(reason);
    }

    /** The connection broke: nobody knows what arrived, so all of it is sent again, in the same order. */
    synchronized void disconnected() {
        for (Parcel<M> parcel : sent.reversed()) waiting.addFirst(parcel);
        sent.clear();
    }

    /** Fails what is past its time. */
    void expire() {
        long now = System.nanoTime();
        List<Parcel<M>> late = new ArrayList<>();
        synchronized (this) {
            for (Parcel<M> parcel : sent) if (parcel.deadline - now < 0) late.add(parcel);
            for (Parcel<M> parcel : waiting) if (parcel.deadline - now < 0) late.add(parcel);
        }
        for (Parcel<M> parcel : late)
            refused(
                    parcel,
                    new ChannelUnavailableException(
                            "The broker did not acknowledge within eventful.broker.publish.timeout"));
    }

    /** Fails everything and takes nothing more. */
    void close() {
        List<Parcel<M>> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(sent);
            all.addAll(waiting);
        }
        for (Parcel<M> parcel : all) refused(parcel, new ChannelUnavailableException("The channels are closed"));
    }

    private synchronized boolean remove(Parcel<M> parcel) {
        boolean was = sent.remove(parcel) || waiting.remove(parcel);
        if (was) bytes -= parcel.size;
        return was;
    }
}
