package io.eventful.channel;

import java.time.Duration;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A consumer of a durable queue, over all connections that it takes. */
final class ArtemisSubscription implements Broker.Subscription {

    private static final Logger log = LoggerFactory.getLogger(ArtemisSubscription.class);

    /** By then it is known whether the whole connection is gone. */
    private static final Duration SETTLED = Duration.ofMillis(500);

    final String destination;
    final String consumer;
    private final String queue;
    private final Dispatcher dispatcher;
    private final ArtemisBroker broker;
    /** Used on the broker's thread only, as the following. */
    private final ReopenPause pause = new ReopenPause(System::nanoTime);

    /** On the present session. */
    private @Nullable ArtemisConsumer present;

    ArtemisSubscription(ArtemisBroker broker, String destination, String consumer, Dispatcher dispatcher) {
        this.broker = broker;
        this.destination = destination;
        this.consumer = consumer;
        this.queue = QueueNames.of(destination, consumer);
        this.dispatcher = dispatcher;
    }

    /** Starts to consume. On the broker's thread. */
    void open(ArtemisLink link) throws ActiveMQException {
        ArtemisSource source = link.source(queue);
        ArtemisConsumer opened = new ArtemisConsumer(broker, destination, queue, source, dispatcher);
        present = opened;
        pause.opened();
        try {
            opened.start(() -> broker.executeAfter(SETTLED, () -> ended(opened)));
        } catch (ActiveMQException | RuntimeException e) {
            disconnected();
            source.close();
            throw e;
        }
    }

    /** Hands over what there may be room for. On the broker's thread. */
    void wake() {
        if (present != null) present.wake();
    }

    boolean isOpen() {
        return present != null;
    }

    /** Forgets a broken session. On the broker's thread. */
    void disconnected() {
        if (present != null) present.disconnected();
        present = null;
    }

    /** The broker has ended this consumer alone, as it does when somebody removes its queue. On the broker's thread. */
    private void ended(ArtemisConsumer which) {
        if (present != which) return;
        Duration wait = pause.next();
        log.warn("channel.consumer-ended queue={} reopenInMs={}", queue, wait.toMillis());
        end();
        broker.reopen(this, wait);
    }

    /** Ends. On the broker's thread. */
    void end() {
        ArtemisConsumer open = present;
        present = null;
        if (open != null) open.close();
    }

    @Override
    public void close() {
        broker.close(this);
    }
}
