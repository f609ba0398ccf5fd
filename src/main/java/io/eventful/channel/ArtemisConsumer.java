package io.eventful.channel;

import io.eventful.channel.ArtemisSource.Received;
import io.eventful.channel.Inbound.Content;
import io.eventful.channel.Inbound.Grave;
import io.eventful.channel.Prefix.Entry;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer of a queue on one session: what it took can be acknowledged on it alone. Acknowledges the finished prefix
 * in one go; when a slow or failing message holds the prefix up, what is finished behind it is acknowledged singly, so
 * that little comes again after a crash.
 */
final class ArtemisConsumer {

    private static final Logger log = LoggerFactory.getLogger(ArtemisConsumer.class);
    private static final int BEHIND_GAP = 64;

    /** Nobody waits for an acknowledgement, and each one costs the broker as much as a message, however many it is for. */
    private static final Duration ACKNOWLEDGE = Duration.ofMillis(10);

    private final ArtemisBroker broker;
    private final String destination;
    private final String queue;
    private final ArtemisSource source;
    private final Dispatcher dispatcher;
    private final Prefix<Received> prefix = new Prefix<>();
    private final AtomicBoolean flushing = new AtomicBoolean();
    private volatile boolean alive = true;

    ArtemisConsumer(
            ArtemisBroker broker, String destination, String queue, ArtemisSource source, Dispatcher dispatcher) {
        this.broker = broker;
        this.destination = destination;
        this.queue = queue;
        this.source = source;
        this.dispatcher = dispatcher;
    }

    /** Begins to take messages; {@code ended} is told, on any thread, when none can come any more. */
    void start(Runnable ended) throws ActiveMQException {
        source.start(this, ended);
    }

    /** Takes a message, waiting for room; false when nothing more is taken. */
    boolean take(Received received) {
        return dispatcher.accept(inbound(received));
    }

    /** Hands over what waits and there may be room for. */
    void wake() {
        source.wake();
    }

    /** Where a source puts what it takes without waiting; {@code more} asks for more. */
    Inbox inbox(Runnable more) {
        return new Inbox(dispatcher, more);
    }

    /** What came, as the dispatcher takes it. */
    Inbound inbound(Received received) {
        return new Delivered(this, received, prefix.add(received));
    }

    private void finished(Entry<Received> entry) {
        prefix.finish(entry);
        if (alive && flushing.compareAndSet(false, true)) broker.executeAfter(ACKNOWLEDGE, this::flush);
    }

    /** Acknowledges what is finished; more gathers while the broker's thread is busy. */
    private void flush() {
        flushing.set(false);
        if (alive) acknowledge(BEHIND_GAP);
    }

    /** @param gap how many finished behind one that is not are worth an acknowledgement each */
    private void acknowledge(int gap) {
        try {
            Received last = prefix.advance();
            if (last != null) last.acknowledge();
            for (Received single : prefix.takeBehindGap(gap)) single.acknowledgeAlone();
        } catch (ActiveMQException e) {
            // The session is broken or closed; what it did not acknowledge comes again.
            log.debug("channel.not-acknowledged queue={} reason=\"{}\"", queue, Failures.reason(e));
        }
    }

    private CompletionStage<Void> bury(Received dead, Grave grave) {
        return broker.offer(
                QueueNames.dead(destination),
                message -> ArtemisMessages.bury(message, dead.mail(), queue, grave),
                dead.mail().body().length);
    }

    /** The session is gone. On the broker's thread. */
    void disconnected() {
        alive = false;
    }

    /** Acknowledges all that is finished, and ends. On the broker's thread. */
    void close() {
        if (alive) acknowledge(1);
        alive = false;
        try {
            source.close();
        } catch (ActiveMQException e) {
            log.debug("channel.not-closed queue={} reason=\"{}\"", queue, Failures.reason(e));
        }
    }

    /** A message of this session. */
    private record Delivered(ArtemisConsumer consumer, Received received, Entry<Received> entry) implements Inbound {

        @Override
        public Content content() {
            return received.mail().content();
        }

        @Override
        public int size() {
            return received.mail().body().length;
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
            return consumer.bury(received, grave);
        }
    }
}
