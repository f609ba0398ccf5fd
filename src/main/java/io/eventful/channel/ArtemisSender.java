package io.eventful.channel;

import io.eventful.channel.BrokerSettings.Publish;
import io.eventful.channel.Outbox.Parcel;
import io.eventful.event.Event;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to Artemis, many under way at once; the broker answers each one when it is on disk.
 *
 * <p>Of the events of one key it sends the next one when the one before is on disk: when an address begins to page,
 * Artemis may hand out a message from a page before one that it took earlier and still syncs.
 */
final class ArtemisSender {

    /** Sends in a row before acknowledgements get their turn. */
    private static final int BURST = 256;

    private final ArtemisLink link;
    private final ArtemisDeclarations declarations;
    private final BrokerThread thread;
    private final Runnable broken;
    private final Outbox<Consumer<ICoreMessage>> outbox;
    private final AtomicBoolean sending = new AtomicBoolean();

    /** Events that keep their order among each other. */
    private record Line(String destination, String key) {}

    /**
     * Makes a sender.
     *
     * @param thread on which the link and the declarations are used
     * @param broken told, on that thread, when a send finds that the connection is gone
     */
    ArtemisSender(
            Publish limits, ArtemisLink link, ArtemisDeclarations declarations, BrokerThread thread, Runnable broken) {
        this.outbox = new Outbox<>(limits);
        this.link = link;
        this.declarations = declarations;
        this.thread = thread;
        this.broken = broken;
    }

    CompletableFuture<Void> send(String destination, Event event) {
        return add(
                destination,
                new Line(destination, event.key()),
                message -> ArtemisMessages.encode(message, event),
                event.data().length);
    }

    /** Sends a message whose order does not matter. */
    CompletableFuture<Void> offer(String destination, Consumer<ICoreMessage> message, int size) {
        return add(destination, null, message, size);
    }

    private CompletableFuture<Void> add(
            String destination, @Nullable Line line, Consumer<ICoreMessage> message, int size) {
        CompletableFuture<Void> done = outbox.add(destination, line, message, size).done;
        wake();
        return done;
    }

    /** There may be something to send, or a way to send it. Any thread. */
    void wake() {
        if (outbox.isReady() && sending.compareAndSet(false, true)) thread.execute(this::send);
    }

    private void send() {
        sending.set(false);
        for (int i = 0; link.isOpen(); i++) {
            if (i == BURST) {
                wake();
                return;
            }
            Parcel<Consumer<ICoreMessage>> parcel = outbox.next();
            if (parcel == null) return;
            if (declarations.isSettled()) send(parcel);
            else {
                outbox.unsent(parcel);
                declarations.settle();
            }
        }
    }

    private void send(Parcel<Consumer<ICoreMessage>> parcel) {
        Optional<ChannelUnavailableException> refusal = declarations.refusal(parcel.destination);
        if (refusal.isPresent()) {
            outbox.refused(parcel, refusal.get());
            return;
        }
        try {
            link.queues().address(parcel.destination);
            link.send(parcel.destination, parcel.message, new ArtemisAnswer(this, parcel));
        } catch (ActiveMQException e) {
            if (link.isBroken()) broken.run();
            else refused(parcel, e);
        } catch (RuntimeException e) {
            outbox.refused(parcel, e);
        }
    }

    void acknowledged(Parcel<Consumer<ICoreMessage>> parcel) {
        outbox.acknowledged(parcel);
        wake();
    }

    /** The broker refused a message: perhaps since somebody removed its address. */
    void refused(Parcel<Consumer<ICoreMessage>> parcel, Exception reason) {
        thread.execute(() -> link.queues().forget(parcel.destination));
        outbox.refused(parcel, new ChannelUnavailableException("The broker refused the message", reason));
        wake();
    }

    /** What is under way goes out again on the next connection. */
    void disconnected() {
        outbox.disconnected();
    }

    void expire() {
        outbox.expire();
        wake();
    }

    void close() {
        outbox.close();
    }
}
