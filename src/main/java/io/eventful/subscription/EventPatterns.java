package io.eventful.subscription;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import software.amazon.event.ruler.Machine;

/**
 * Event patterns as JSON texts, all matched in one pass. One writer at a time; many readers beside it. Each text is a rule
 * of its own, and none is ever deleted from the machine, because event-ruler's deletion also takes what another pattern
 * shares with the deleted one. A pattern that is not wanted any more is passed over, until the machine is made anew.
 */
final class EventPatterns {

    /** Combinations of array elements that the machine tries within some milliseconds. */
    private static final int FEW = 10_000;

    /** Unwanted patterns that a machine may have beside as many as are wanted. */
    private static final int SPARE = 64;

    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final Set<String> compiled = new HashSet<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private Machine machine = new Machine();

    void add(String pattern) {
        if (compiled.add(pattern)) {
            lock.writeLock().lock();
            try {
                compile(pattern, machine);
            } finally {
                lock.writeLock().unlock();
            }
        }
        wanted.add(pattern);
    }

    void remove(String pattern) {
        wanted.remove(pattern);
        if (compiled.size() > 2 * wanted.size() + SPARE) makeAnew();
    }

    private void makeAnew() {
        Machine fresh = new Machine();
        wanted.forEach(pattern -> compile(pattern, fresh));
        compiled.retainAll(wanted);
        lock.writeLock().lock();
        try {
            machine = fresh;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static void compile(String pattern, Machine machine) {
        try {
            machine.addRule(pattern, pattern);
        } catch (IOException e) {
            throw new IllegalArgumentException("a pattern that was checked is not valid", e);
        }
    }

    /** Calls for each pattern that an event matches; for all, where the machine might try too many combinations of elements. */
    void find(EventView event, Consumer<String> found) {
        if (wanted.isEmpty() || !event.payload().isObject()) return;
        if (event.arrays().combinations() > FEW) wanted.forEach(found);
        else for (String pattern : matched(event)) if (wanted.contains(pattern)) found.accept(pattern);
    }

    private List<String> matched(EventView event) {
        lock.readLock().lock();
        try {
            return machine.rulesForJSONEvent(event.payload());
        } finally {
            lock.readLock().unlock();
        }
    }
}
