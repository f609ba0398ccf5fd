package io.eventful.event;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The stored publications, read by cursor. Calls may block on the store; never call them on an event loop. */
public interface Publications {

    /**
     * The publication of an event on a channel. Source and id identify the event; the position makes the look-up fast.
     *
     * @param position value of {@link Event#position()}
     */
    Optional<Publication> find(String channel, long position, String source, String eventId);

    /**
     * The sequence number of a publication that was stored in the last seconds, without asking the store. Empty if it is
     * not known, which says nothing: ask {@link #find}. Never blocks.
     */
    default OptionalLong lately(String channel, long position, String source, String eventId) {
        return OptionalLong.empty();
    }

    /** Publications of every channel after a sequence number, in order, at most {@code limit}. */
    List<Publication> after(long sequence, int limit);

    /** The highest sequence number stored; 0 when there is none. */
    long head();

    /**
     * Stores an event that another client published on a channel (idempotent by channel, position, source and event id), so
     * that a retry can read it again. Returns when it is durable.
     */
    Publication keep(String channel, Event event);

    /** Calls the listener after each publication is acknowledged by the broker; close the handle to stop. */
    AutoCloseable listen(Consumer<Publication> listener);
}
