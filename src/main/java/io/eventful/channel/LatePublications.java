package io.eventful.channel;

import io.eventful.event.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The sequence numbers of what was stored in the last seconds, for those who need no more than that: most deliveries that
 * are recorded follow right after their event was stored. Bounded: one entry takes the place of another. Thread-safe.
 */
final class LatePublications {

    /** A power of two. */
    private static final int PLACES = 4096;
    /** Much shorter than anything is kept. */
    private static final Duration LATELY = Duration.ofSeconds(10);

    private final AtomicReferenceArray<@Nullable Entry> places = new AtomicReferenceArray<>(PLACES);

    private record Entry(String channel, long position, String source, String eventId, long sequence, Instant time) {}

    Publication add(Publication stored) {
        String id = stored.event().id();
        Entry entry = new Entry(
                stored.channel(),
                stored.event().position(),
                stored.event().source(),
                id,
                stored.sequence(),
                stored.time());
        places.set(place(stored.channel(), id), entry);
        return stored;
    }

    /** Empty if it is not known here, which says nothing. */
    OptionalLong find(String channel, long position, String source, String eventId, Instant now) {
        Entry entry = places.get(place(channel, eventId));
        boolean same = entry != null
                && entry.position == position
                && entry.eventId.equals(eventId)
                && entry.channel.equals(channel)
                && entry.source.equals(source)
                && now.isBefore(entry.time.plus(LATELY));
        return same ? OptionalLong.of(entry.sequence) : OptionalLong.empty();
    }

    private static int place(String channel, String eventId) {
        int hash = 31 * channel.hashCode() + eventId.hashCode();
        return (hash ^ hash >>> 16) & PLACES - 1;
    }
}
