package io.eventful.channel;

import io.eventful.channel.Inbound.Content;
import io.eventful.channel.Inbound.Grave;
import io.eventful.channel.Prefix.Entry;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer of a queue on one session: what it took can be acknowledged on it alone. Acknowledges the finished prefix
 * in one go; when a slow or failing message holds the prefix up, what is finished behind it is acknowledged singly, so
 * that little comes again after a crash.
 *
 * <p>It takes messages on a thread of its own, which waits while the dispatcher has no room. The client's own thread
 * answers for everything else on the connection, and must never wait.
 */
final class ArtemisConsumer {

    private static final Logger log = LoggerFactory.getLogger(ArtemisConsumer.class);
    private static final int BEHIND_GAP = 64;

    /** Nobody waits for an acknowledgement, and each one costs the broker as much as a message, however many it is for. */
    private static final Duration ACKNOWLEDGE = Duration.ofMillis(10);

    private final ArtemisBroker broker;
    private final String destination;
    private final String queue;
    private final ClientSession session;
    private final ClientConsumer source;
    private final Dispatcher dispatcher;
    private final Prefix<ClientMessage> prefix = new Prefix<>();
    private final AtomicBoolean flushing = new AtomicBoolean();
    private volatile boolean alive = true;

    ArtemisConsumer(
            ArtemisBroker broker, String destination, String queue, ClientSession session, Dispatcher dispatcher)
            throws ActiveMQException {
        this.broker = broker;
        this.destination = destination;
        this.queue = queue;
        this.session = session;
        this.dispatcher = dispatcher;
        this.source = session.createConsumer(queue);
    }

    /** Begins to take messages; {@code ended} is told, on any thread, when none can come any more. */
    void start(Runnable ended) throws ActiveMQException {
        session.start();
        Thread.ofPlatform().daemon().name("channel-artemis-" + queue).start(() -> receive(ended));
    }

    private void receive(Runnable ended) {
        try {
            for (ClientMessage message = source.receive(); message != null; message = source.receive())
                // Who takes nothing more is closing: what is under way is still to be acknowledged on this session.
                if (!received(message)) return;
        } catch (ActiveMQException e) {
            log.debug("channel.not-received queue={} reason=\"{}\"", queue, Failures.reason(e));
        } catch (RuntimeException e) {
            // It was taken, and must not be acknowledged together with later ones.
            log.warn("channel.not-received queue={} reason=\"{}\"", queue, Failures.reason(e));
        }
        if (alive) ended.run();
    }

    /** False when the dispatcher takes nothing more. */
    private boolean received(ClientMessage message) {
        byte[] body = ArtemisMessages.body(message);
        return dispatcher.accept(
                new Delivered(this, message, body, ArtemisMessages.decode(message, body), prefix.add(message)));
    }

    private void finished(Entry<ClientMessage> entry) {
        prefix.finish(entry);
        if (alive && flushing.compareAndSet(false, true)) broker.executeAfter(ACKNOWLEDGE, this::flush);
    }

    /** Acknowledges what is finished; more gathers while the broker's thread is busy. */
    private void flush() {
        flushing.set(false);
        if (!alive) return;
        try {
            ClientMessage last = prefix.advance();
            if (last != null) last.acknowledge();
            for (ClientMessage message : prefix.takeBehindGap(BEHIND_GAP)) message.individualAcknowledge();
        } catch (ActiveMQException e) {
            // The session is broken or closed; what it did not acknowledge comes again.
            log.debug("channel.not-acknowledged queue={} reason=\"{}\"", queue, Failures.reason(e));
        }
    }

    private CompletionStage<Void> bury(ClientMessage message, byte[] body, Grave grave) {
        return broker.offer(
                QueueNames.dead(destination),
                session -> ArtemisMessages.bury(session, message, body, queue, grave),
                body.length);
    }

    /** The session is gone. On the broker's thread. */
    void disconnected() {
        alive = false;
    }

    /** Acknowledges what is finished, and ends. On the broker's thread. */
    void close() {
        flush();
        alive = false;
        try {
            source.close();
            session.close();
        } catch (ActiveMQException e) {
            log.debug("channel.not-closed queue={} reason=\"{}\"", queue, Failures.reason(e));
        }
    }

    /** A message of this session. */
    private record Delivered(
            ArtemisConsumer consumer, ClientMessage message, byte[] body, Content content, Entry<ClientMessage> entry)
            implements Inbound {

        @Override
        public int size() {
            return body.length;
        }

        @Override
        public boolean alive() {
            return consumer.alive;
        }

        @Override
        public void done() {
            consumer.finished(entry);
        }

        @Override
        public CompletionStage<Void> bury(Grave grave) {
            return consumer.bury(message, body, grave);
        }
    }
}
