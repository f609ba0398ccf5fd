package io.eventful.capture;

import io.eventful.event.Item;
import io.eventful.ledger.Relayed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Positions of the changes of each item that one route has parked, or is about to park. Thread-safe. */
final class ParkedItems {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Item, TreeSet<Long>> parked = new HashMap<>();

    /** What became of a change that may have to park behind another one of its item. */
    enum Behind {
        /** No change of its item is parked. */
        NONE,
        /** It is parked now. */
        NEW,
        /** It was parked before. */
        KNOWN
    }

    /** Replaces all by what rows say. */
    void load(List<Relayed.Parked> rows) {
        lock.lock();
        try {
            parked.clear();
            for (Relayed.Parked row : rows) add(row.item(), row.position());
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return parked.values().stream().mapToInt(TreeSet::size).sum();
        } finally {
            lock.unlock();
        }
    }

    void add(Item item, long position) {
        lock.lock();
        try {
            parked.computeIfAbsent(item, key -> new TreeSet<>()).add(position);
        } finally {
            lock.unlock();
        }
    }

    /** Adds a change if its item has one already; what is to be done with a new one is done before others see it. */
    Behind addBehind(Item item, long position, Runnable whenNew) {
        lock.lock();
        try {
            TreeSet<Long> before = parked.get(item);
            if (before == null) return Behind.NONE;
            if (!before.add(position)) return Behind.KNOWN;
            whenNew.run();
            return Behind.NEW;
        } finally {
            lock.unlock();
        }
    }

    void remove(Item item, long position) {
        lock.lock();
        try {
            TreeSet<Long> positions = parked.get(item);
            if (positions != null && positions.remove(position) && positions.isEmpty()) parked.remove(item);
        } finally {
            lock.unlock();
        }
    }

    boolean has(Item item, long position) {
        lock.lock();
        try {
            TreeSet<Long> positions = parked.get(item);
            return positions != null && positions.contains(position);
        } finally {
            lock.unlock();
        }
    }

    /** The first change of an item; null when it has none. */
    @Nullable
    Long first(Item item) {
        lock.lock();
        try {
            TreeSet<Long> positions = parked.get(item);
            return positions == null ? null : positions.first();
        } finally {
            lock.unlock();
        }
    }

    /** The items of a subject; all when it is null. */
    List<Item> items(@Nullable String subject) {
        lock.lock();
        try {
            return parked.keySet().stream()
                    .filter(item -> subject == null || item.subject().equals(subject))
                    .toList();
        } finally {
            lock.unlock();
        }
    }
}
