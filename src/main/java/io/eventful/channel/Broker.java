package io.eventful.channel;

import io.eventful.channel.Channels.Orphan;
import io.eventful.event.Event;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * What the channels ask of a broker. Nothing here blocks on the network except {@link Subscription#close} and
 * {@link #close}; a broker that cannot be reached is tried again in the background, for ever.
 */
interface Broker extends AutoCloseable {

    /** Starts; needs an external broker to be reachable neither now nor later. */
    void start();

    /**
     * Sends an event, after every {@link #declare} called before. Completes when the broker has it on disk; fails with
     * {@link ChannelUnavailableException} after the publish time-out. Order of calls is kept per {@link Event#key()}.
     */
    CompletionStage<Void> send(String destination, Event event);

    /**
     * Makes sure that the destination and a consumer's durable queue or group exist; for {@link QueueNames#NOBODY} the
     * destination alone.
     */
    CompletionStage<Void> declare(String destination, String consumer);

    /** Hands each message of a consumer's durable queue or group to the dispatcher. */
    Subscription subscribe(String destination, String consumer, Dispatcher dispatcher);

    /** Durable queues that no {@link #declare} or {@link #subscribe} named since the start; empty when not known. */
    List<Orphan> orphans();

    /**
     * How many messages the durable queue of a consumer keeps, those under way included; empty while it is not known, 0
     * for a broker that never tells.
     */
    default OptionalLong kept(String destination, String consumer) {
        return OptionalLong.of(0);
    }

    /** Fails what waits longer than the publish time-out. Called all the time; never blocks. */
    void expire();

    /** How it is now. */
    Condition condition();

    @Override
    void close();

    /** What a broker can do now. */
    enum Condition {
        CONNECTED,
        /** Events wait, and are sent when it is back. */
        DISCONNECTED,
        /** The embedded broker takes no more events until there is room on the disk. */
        DISK_FULL
    }

    /** A running subscription. */
    interface Subscription extends AutoCloseable {
        /** Acknowledges what is done and lets go of the rest, which comes again. Call after the dispatcher's drain. */
        @Override
        void close();
    }
}
