package io.eventful.channel;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages that the embedded broker hands over in its own threads, up to what {@link Inbox} has room for. */
final class ArtemisServerSource extends ArtemisServerCallback implements ArtemisSource {

    private static final Logger log = LoggerFactory.getLogger(ArtemisServerSource.class);
    /** The consumer's number on its session. */
    private static final long ONLY = 0;

    private static final int NO_CREDITS = -1;

    private final ArtemisServerSessions sessions;
    private final String queue;
    private final ServerSession session;
    private final AtomicBoolean starved = new AtomicBoolean();
    private volatile @Nullable ServerConsumer source;
    private volatile @Nullable ArtemisConsumer to;
    private volatile @Nullable Inbox inbox;
    private volatile @Nullable Runnable ended;
    private volatile boolean closed;

    ArtemisServerSource(ArtemisServerSessions sessions, String queue) throws ActiveMQException {
        this.sessions = sessions;
        this.queue = queue;
        this.session = sessions.open(this, sessions.pool());
        try {
            sessions.run(session, () -> {
                source = session.createConsumer(ONLY, SimpleString.of(queue), null, 0, false, false, NO_CREDITS);
            });
        } catch (ActiveMQException e) {
            sessions.close(session);
            throw e;
        }
    }

    @Override
    public void start(ArtemisConsumer consumer, Runnable whenEnded) throws ActiveMQException {
        to = consumer;
        inbox = consumer.inbox(this::more);
        ended = whenEnded;
        session.start();
    }

    @Override
    public boolean hasCredits(ServerConsumer consumer) {
        Inbox waiting = inbox;
        if (waiting == null || closed) return false;
        if (waiting.hasRoom()) return true;
        starved.set(true);
        // There may be room since the first look.
        return waiting.hasRoom();
    }

    @Override
    public int sendMessage(MessageReference reference, ServerConsumer consumer, int deliveries) {
        ArtemisConsumer taker = to;
        Inbox waiting = inbox;
        if (taker == null || waiting == null || closed) return 0;
        try {
            ArtemisMail mail = ArtemisMail.kept(reference.getMessage());
            waiting.add(taker.inbound(new FromServer(this, reference.getMessageID(), mail)));
        } catch (RuntimeException | Error e) {
            // The broker would take its consumer away, and with it what is under way.
            log.warn("channel.not-received queue={} reason=\"{}\"", queue, Failures.reason(e));
            end();
        }
        return 0;
    }

    @Override
    public void wake() {
        Inbox waiting = inbox;
        if (waiting != null) waiting.drain();
    }

    /** The inbox takes more: so the broker looks at its queue again, if it was refused. */
    private void more() {
        ServerConsumer consumer = source;
        if (consumer != null && starved.compareAndSet(true, false)) consumer.promptDelivery();
    }

    @Override
    public void disconnect(ServerConsumer consumer, String reason) {
        log.debug("channel.not-received queue={} reason=\"{}\"", queue, reason);
        end();
    }

    /** Takes nothing more; what is under way can still be acknowledged. */
    private void end() {
        Runnable tell = ended;
        boolean open = !closed;
        closed = true;
        if (open && tell != null) tell.run();
    }

    @Override
    public void close() throws ActiveMQException {
        closed = true;
        Inbox waiting = inbox;
        if (waiting != null) waiting.clear();
        sessions.close(session);
    }

    private void acknowledge(long id) throws ActiveMQException {
        sessions.run(session, () -> session.acknowledge(ONLY, id));
    }

    private void acknowledgeAlone(long id) throws ActiveMQException {
        sessions.run(session, () -> session.individualAcknowledge(ONLY, id));
    }

    private record FromServer(ArtemisServerSource source, long id, ArtemisMail mail) implements Received {

        @Override
        public void acknowledge() throws ActiveMQException {
            source.acknowledge(id);
        }

        @Override
        public void acknowledgeAlone() throws ActiveMQException {
            source.acknowledgeAlone(id);
        }
    }
}
