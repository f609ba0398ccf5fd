package io.eventful.channel;

import io.eventful.event.Event;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Publish/subscribe channels; the broker behind each is chosen by configuration and never named by a route. */
public interface Channels {

    /**
     * Publishes an event: keeps its publication and sends it. Completes when the publication is durable and the broker
     * has acknowledged; never blocks. Events of one key arrive in the order of these calls. A repeat with the same id
     * on the same channel is recognised and stored once.
     */
    CompletionStage<Void> publish(String channel, Event event);

    /**
     * Consumes a channel under a durable name: what is published while nobody runs under that name waits for it.
     *
     * @param channel name of the channel
     * @param consumer durable name (queue or group); several consumers of one name share the events
     * @param receiver gets each event
     */
    Consumption consume(String channel, String consumer, Receiver receiver);

    /**
     * Makes sure that the channel, and the durable queue of a consumer, exist, so that nothing published is missed.
     * What is published after this call, in this process, is sent after the queue exists, also when the broker cannot
     * be reached now; the stage completes when the queue exists.
     */
    CompletionStage<Void> declare(String channel, String consumer);

    /**
     * Makes sure that the channel exists at its broker, so that other clients can subscribe to it before anything is
     * published. Returns at once; where the broker cannot be reached now, that is done when it can.
     */
    void open(String channel);

    /** Durable queues of the embedded broker that keep events for consumers nobody has declared since the start. */
    List<Orphan> orphans();

    /**
     * A queue without a consumer.
     *
     * @param destination address whose events it keeps
     * @param consumer durable name of the consumer that is gone
     * @param messages how many it keeps
     */
    record Orphan(String destination, String consumer, long messages) {}

    /** Receives events: many at once, but one at a time for each {@link Event#key()}, in order. */
    @FunctionalInterface
    interface Receiver {
        /**
         * Handles an event. Normal completion allows its acknowledgement; exceptional completion means it is tried
         * again with back-off, and in the end goes to the dead-letter destination with the reason.
         */
        CompletionStage<Void> receive(Event event);
    }

    /** A running consumer. */
    interface Consumption extends AutoCloseable {
        /** Takes no new events, waits (bounded) for those under way, acknowledges them, and ends. */
        @Override
        void close();
    }
}
