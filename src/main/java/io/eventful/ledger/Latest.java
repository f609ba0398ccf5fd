package io.eventful.ledger;

import io.eventful.event.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The last durable changes without a gap, so that whoever follows the ledger closely need not read and parse what was
 * in memory a moment ago. Bounded by count and by size; older changes are read from the store.
 */
final class Latest {

    private static final int COUNT = 256;
    /** Bytes of the changes as the ledger writes them; as trees in memory they take several times as much. */
    private static final long BYTES = 1 << 20;

    private final Deque<Kept> kept = new ArrayDeque<>();
    private long bytes;

    private record Kept(Change change, int size) {}

    /** A change is durable. Those written by one writer come in the order of their positions. */
    synchronized void add(Change change, int size) {
        Kept last = kept.peekLast();
        if (last != null && last.change().position() + 1 != change.position()) clear();
        kept.addLast(new Kept(change, size));
        bytes += size;
        while (kept.size() > COUNT || bytes > BYTES) bytes -= kept.removeFirst().size();
    }

    /** The changes that follow a position, in order; empty when the next one is not held: the store knows then. */
    synchronized List<Change> after(long position, int limit) {
        Kept first = kept.peekFirst();
        if (first == null || position + 1 < first.change().position()) return List.of();
        List<Change> found = new ArrayList<>();
        for (Kept each : kept) {
            if (found.size() == limit) break;
            if (each.change().position() > position) found.add(each.change());
        }
        return found;
    }

    private void clear() {
        kept.clear();
        bytes = 0;
    }
}
