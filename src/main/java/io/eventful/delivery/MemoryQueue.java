package io.eventful.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one subscription that wait in memory for a slot, and how many wait for one in the store. At its
 * bound new deliveries spill to the store until a quarter of the bound is left, there and here: so a large backlog is
 * read from the store in its order, and a small one keeps nobody from going directly. Guarded by its lane.
 */
final class MemoryQueue {

    /** What a waiting delivery holds beside its body, roughly. */
    private static final int OVERHEAD = 1024;

    private final int most;
    private final Budget bytes;
    private final Backlog backlog;
    private final Deque<Flight> queue = new ArrayDeque<>();
    private boolean spilling;

    /** @param bytes what may wait in memory for all subscriptions together */
    MemoryQueue(int most, Budget bytes, Backlog backlog) {
        this.most = most;
        this.backlog = backlog;
        this.bytes = bytes;
    }

    /** Whether new deliveries go to the store. */
    boolean spills() {
        long due = backlog.due();
        int enough = most / 4;
        if (spilling) spilling = due > enough || queue.size() > enough;
        else spilling = queue.size() >= most || due > most;
        return spilling;
    }

    /** Takes the memory for one more, if there is room; it is used by adding it. */
    boolean reserve(int body) {
        int wanted = OVERHEAD + body;
        int taken = bytes.take(wanted);
        if (taken == wanted) return true;
        bytes.giveBack(taken);
        return false;
    }

    void add(Flight flight) {
        queue.add(flight);
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    @Nullable
    Flight first() {
        return queue.peek();
    }

    boolean remove(Flight flight) {
        boolean there = queue.peek() == flight ? queue.poll() != null : queue.remove(flight);
        if (there) bytes.giveBack(OVERHEAD + flight.form().event().data().length);
        return there;
    }
}
