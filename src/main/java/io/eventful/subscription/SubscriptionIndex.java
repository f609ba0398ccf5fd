package io.eventful.subscription;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the subscriptions that may want an event without asking each: every one is filed under the rarest thing that
 * its events must have. Finds all that match, and perhaps some that do not. Reads run beside writes; while a
 * subscription is refiled it may be found twice, never not at all.
 */
final class SubscriptionIndex {

    private static final String EVERY_CHANNEL = "";

    private final Map<String, Candidates> channels = new ConcurrentHashMap<>();
    private final Map<String, Set<Slot>> placed = new HashMap<>();
    private final ReentrantLock writing = new ReentrantLock();

    /** How often a subscription has moved. Counted while it is in both places. */
    private final AtomicLong moves = new AtomicLong();

    /** Where a subscription is filed. */
    private record Slot(String channel, IndexKey key) {}

    /** Files a subscription, anew when it was filed before. */
    void put(String id, SubscriptionRequest request) {
        place(id, slots(request));
    }

    void remove(String id) {
        place(id, Set.of());
    }

    private void place(String id, Set<Slot> wanted) {
        writing.lock();
        try {
            Set<Slot> before = placed.getOrDefault(id, Set.of());
            // Added first, so that no event in between misses it.
            for (Slot slot : wanted)
                if (!before.contains(slot)) candidates(slot.channel()).add(slot.key(), id);
            if (!before.isEmpty()) moves.incrementAndGet();
            for (Slot slot : before)
                if (!wanted.contains(slot)) candidates(slot.channel()).remove(slot.key(), id);
            if (wanted.isEmpty()) placed.remove(id);
            else placed.put(id, wanted);
        } finally {
            writing.unlock();
        }
    }

    private Candidates candidates(String channel) {
        return channels.computeIfAbsent(channel, name -> new Candidates());
    }

    /** Calls for the id of each subscription that may want an event of a channel. */
    void find(String channel, EventView event, Consumer<String> found) {
        long before;
        do {
            before = moves.get();
            search(channel, event, found);
            // One that moved meanwhile, from a place not yet searched to one already searched, was not found.
        } while (before != moves.get());
    }

    private void search(String channel, EventView event, Consumer<String> found) {
        Candidates named = channels.get(channel);
        if (named != null) named.find(event, found);
        Candidates general = channels.get(EVERY_CHANNEL);
        if (general != null && !channel.startsWith(SubscriptionConfig.INTERNAL_CHANNELS)) general.find(event, found);
    }

    private Set<Slot> slots(SubscriptionRequest request) {
        String channel = request.config().channel() == null
                ? EVERY_CHANNEL
                : request.config().channel();
        Candidates candidates = candidates(channel);
        Set<IndexKey> keys = requirements(request).stream()
                .min(Comparator.<Requirement>comparingInt(each -> candidates.size(each.keys()))
                        .thenComparingInt(Requirement::rank))
                .map(Requirement::keys)
                .orElse(Set.of(new IndexKey.Always()));
        return keys.stream().map(key -> new Slot(channel, key)).collect(Collectors.toSet());
    }

    private static List<Requirement> requirements(SubscriptionRequest request) {
        Stream<Requirement> filters = request.filters() instanceof CompiledFilter compiled
                ? compiled.condition().requirements().stream()
                : Stream.of();
        Stream<Requirement> types = request.types().isEmpty()
                ? Stream.of()
                : Stream.of(Requirement.anyOf("type", Set.copyOf(request.types())));
        String source = request.source();
        Stream<Requirement> sources =
                source == null ? Stream.of() : Stream.of(Requirement.anyOf("source", Set.of(source)));
        String pattern = request.config().pattern();
        Stream<Requirement> patterns = pattern == null
                ? Stream.of()
                : Stream.of(Requirement.anyOf(SubscriptionConfig.PATTERN, Set.of(pattern)));
        return Stream.of(types, sources, patterns, filters)
                .flatMap(each -> each)
                .toList();
    }
}
