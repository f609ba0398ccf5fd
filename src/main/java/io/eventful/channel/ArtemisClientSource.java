package io.eventful.channel;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages by Artemis' client, on a thread of its own, which waits while there is no room. The client's own thread
 * answers for everything else on the connection, and must never wait.
 */
final class ArtemisClientSource implements ArtemisSource {

    private static final Logger log = LoggerFactory.getLogger(ArtemisClientSource.class);

    private final String queue;
    private final ClientSession session;
    private final ClientConsumer consumer;
    private volatile boolean closed;

    ArtemisClientSource(String queue, ClientSession session) throws ActiveMQException {
        this.queue = queue;
        this.session = session;
        this.consumer = session.createConsumer(queue);
    }

    @Override
    public void start(ArtemisConsumer to, Runnable ended) throws ActiveMQException {
        session.start();
        Thread.ofPlatform().daemon().name("channel-artemis-" + queue).start(() -> receive(to, ended));
    }

    private void receive(ArtemisConsumer to, Runnable ended) {
        try {
            for (ClientMessage message = consumer.receive(); message != null; message = consumer.receive())
                // Who takes nothing more is closing: what is under way is still to be acknowledged on this session.
                if (!to.take(new FromClient(message, ArtemisMail.of(message, ArtemisMessages.body(message))))) return;
        } catch (ActiveMQException e) {
            log.debug("channel.not-received queue={} reason=\"{}\"", queue, Failures.reason(e));
        } catch (RuntimeException e) {
            // It was taken, and must not be acknowledged together with later ones.
            log.warn("channel.not-received queue={} reason=\"{}\"", queue, Failures.reason(e));
        }
        if (!closed) ended.run();
    }

    @Override
    public void wake() {
        // The thread waits for room by itself.
    }

    @Override
    public void close() throws ActiveMQException {
        closed = true;
        consumer.close();
        session.close();
    }

    private record FromClient(ClientMessage message, ArtemisMail mail) implements Received {

        @Override
        public void acknowledge() throws ActiveMQException {
            message.acknowledge();
        }

        @Override
        public void acknowledgeAlone() throws ActiveMQException {
            message.individualAcknowledge();
        }
    }
}
