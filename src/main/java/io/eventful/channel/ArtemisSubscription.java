package io.eventful.channel;

import io.eventful.channel.Inbound.Content;
import io.eventful.channel.Inbound.Grave;
import io.eventful.channel.Prefix.Entry;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer of a durable queue. Acknowledges the finished prefix in one go; when a slow or failing message holds the
 * prefix up, what is finished behind it is acknowledged singly, so that little comes again after a crash.
 */
final class ArtemisSubscription implements Broker.Subscription {

    private static final Logger log = LoggerFactory.getLogger(ArtemisSubscription.class);
    private static final int BEHIND_GAP = 64;

    final String destination;
    final String consumer;
    private final String queue;
    private final Dispatcher dispatcher;
    private final ArtemisBroker broker;
    /** The present session; used on the broker's thread only. */
    private @Nullable Incarnation incarnation;

    ArtemisSubscription(ArtemisBroker broker, String destination, String consumer, Dispatcher dispatcher) {
        this.broker = broker;
        this.destination = destination;
        this.consumer = consumer;
        this.queue = QueueNames.of(destination, consumer);
        this.dispatcher = dispatcher;
    }

    /** Starts to consume on a fresh session. On the broker's thread. */
    void open(ClientSession session) throws ActiveMQException {
        try {
            ClientConsumer consumer = session.createConsumer(queue);
            Incarnation opened = new Incarnation(session, consumer);
            incarnation = opened;
            consumer.setMessageHandler(opened::received);
            session.start();
        } catch (ActiveMQException e) {
            // It is tried again with another one, perhaps for days.
            disconnected();
            session.close();
            throw e;
        }
    }

    boolean isOpen() {
        return incarnation != null;
    }

    /** Forgets a broken session. On the broker's thread. */
    void disconnected() {
        if (incarnation != null) incarnation.alive = false;
        incarnation = null;
    }

    /** Ends. On the broker's thread. */
    void end() {
        Incarnation open = incarnation;
        incarnation = null;
        if (open != null) open.close();
    }

    @Override
    public void close() {
        broker.close(this);
    }

    /** One session: what it delivered can be acknowledged on it alone. */
    private final class Incarnation {
        private final ClientSession session;
        private final ClientConsumer source;
        private final Prefix<ClientMessage> prefix = new Prefix<>();
        private final AtomicBoolean flushing = new AtomicBoolean();
        private volatile boolean alive = true;

        Incarnation(ClientSession session, ClientConsumer source) {
            this.session = session;
            this.source = source;
        }

        void received(ClientMessage message) {
            byte[] body = ArtemisMessages.body(message);
            dispatcher.accept(
                    new Delivered(this, message, body, ArtemisMessages.decode(message, body), prefix.add(message)));
        }

        void finished(Entry<ClientMessage> entry) {
            prefix.finish(entry);
            if (alive && flushing.compareAndSet(false, true)) broker.execute(this::flush);
        }

        /** Acknowledges what is finished; more gathers while the broker's thread is busy. */
        void flush() {
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

        CompletionStage<Void> bury(ClientMessage message, byte[] body, Grave grave) {
            return broker.offer(
                    QueueNames.dead(destination),
                    session -> ArtemisMessages.bury(session, message, body, queue, grave),
                    body.length);
        }

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
    }

    /** A message of an incarnation. */
    private record Delivered(
            Incarnation incarnation, ClientMessage message, byte[] body, Content content, Entry<ClientMessage> entry)
            implements Inbound {

        @Override
        public int size() {
            return body.length;
        }

        @Override
        public boolean alive() {
            return incarnation.alive;
        }

        @Override
        public void done() {
            incarnation.finished(entry);
        }

        @Override
        public CompletionStage<Void> bury(Grave grave) {
            return incarnation.bury(message, body, grave);
        }
    }
}
