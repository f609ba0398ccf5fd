package io.eventful.delivery;

import io.eventful.event.Event;
import io.eventful.event.Publication;
import io.eventful.event.Publications;
import io.eventful.subscription.Positions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a channel keeps; outlives the gateways of a test, as a database would. */
final class KeptPublications implements Publications, Positions {

    /** Run whenever one is looked for. */
    volatile Runnable looking = () -> {};

    private final Clock clock;
    private final List<Publication> all = new ArrayList<>();
    private final Map<String, Publication> byId = new HashMap<>();

    KeptPublications(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Publication> find(String channel, long position, String source, String eventId) {
        looking.run();
        return Optional.ofNullable(byId.get(channel + " " + source + " " + eventId));
    }

    @Override
    public synchronized List<Publication> after(long sequence, int limit) {
        return all.stream().skip(sequence).limit(limit).toList();
    }

    @Override
    public synchronized long head() {
        return all.size();
    }

    @Override
    public synchronized Publication keep(String channel, Event event) {
        return find(channel, event.position(), event.source(), event.id()).orElseGet(() -> {
            Publication made = new Publication(all.size() + 1L, channel, event, clock.instant());
            all.add(made);
            byId.put(channel + " " + event.source() + " " + event.id(), made);
            return made;
        });
    }

    @Override
    public AutoCloseable listen(Consumer<Publication> listener) {
        return () -> {};
    }

    @Override
    public synchronized long ledgerHead() {
        return all.stream().mapToLong(one -> one.event().position()).max().orElse(0);
    }

    @Override
    public long publicationHead() {
        return head();
    }
}
