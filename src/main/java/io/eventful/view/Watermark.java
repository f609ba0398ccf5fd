package io.eventful.view;

import io.eventful.event.Change;
import io.eventful.event.Unnamed;
import io.eventful.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Computes the watermark of a view: the ledger position up to which all its changes are projected. It is updated on
 * demand, and whenever the lag is measured.
 */
final class Watermark {

    private static final int PAGE = 256;

    /** Maximum number of projected positions in memory; beyond it, the rows of the view are queried. */
    private static final int REMEMBERED = 200_000;

    private final View view;
    private final Ledger ledger;
    private final Clock clock;
    private final Duration grace;
    private final Set<Long> projected = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long position;
    private long kept;
    private volatile @Nullable Instant oldest;

    Watermark(View view, Ledger ledger, Clock clock, Duration grace) {
        this.view = view;
        this.ledger = ledger;
        this.clock = clock;
        this.grace = grace;
        this.position = Math.max(0, view.live().watermark());
        this.kept = position;
    }

    /** Marks the change at a position as projected. */
    void projected(long done) {
        if (done <= position || projected.size() >= REMEMBERED) return;
        projected.add(done);
        // The watermark may have passed the position meanwhile; then the entry would never be removed.
        if (done <= position) projected.remove(done);
    }

    long position() {
        return position;
    }

    /** Resets the watermark after a rebuild up to a position. */
    void reset(long filled) {
        lock.lock();
        try {
            position = Math.max(position, filled);
            projected.removeIf(done -> done <= position);
        } finally {
            lock.unlock();
        }
    }

    /** True if the view is complete up to a position. */
    boolean reached(long wanted) {
        if (position >= wanted) return true;
        advance(wanted);
        return position >= wanted;
    }

    /** Advances the watermark and returns the lag. */
    Lag measure() {
        advance(Long.MAX_VALUE);
        Instant since = oldest;
        if (position > kept) {
            kept = position;
            var unused = view.store().watermark(view.live(), position);
        }
        Duration behind = since == null ? Duration.ZERO : Duration.between(since, clock.instant());
        return new Lag(position, behind.isNegative() ? Duration.ZERO : behind);
    }

    private void advance(long wanted) {
        lock.lock();
        try {
            while (position < wanted) {
                List<Change> page = ledger.after(position, PAGE);
                if (page.isEmpty()) {
                    oldest = null;
                    return;
                }
                for (Change change : page) {
                    if (!isDone(change)) {
                        oldest = change.time();
                        return;
                    }
                    position = change.position();
                    projected.remove(position);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** True if a change is projected, or will never be. */
    boolean isDone(Change change) {
        if (projected.contains(change.position()) || !view.sources().feed(change)) return true;
        // A create whose item is not known has nothing to project.
        if (Unnamed.is(change)) return true;
        if (view.find(change.item())
                .filter(row -> row.revision() >= change.revision())
                .isPresent()) return true;
        return view.sources().passage() == Sources.Passage.FILTERED
                && Duration.between(change.time(), clock.instant()).compareTo(grace) > 0;
    }
}
