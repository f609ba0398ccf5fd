package io.eventful.view;

import io.eventful.event.Change;
import io.eventful.event.EventType;
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
 * Follows the ledger and finds up to where a view is complete. It moves when somebody asks, or when the view's lag is
 * looked at.
 */
final class Watermark {

    private static final int PAGE = 256;

    /** Positions that are remembered as projected; beyond it the view's rows are asked. */
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

    /** The change at a position is in the view. */
    void projected(long done) {
        if (done <= position || projected.size() >= REMEMBERED) return;
        projected.add(done);
        // It may have been passed meanwhile, and nobody would ask for it again.
        if (done <= position) projected.remove(done);
    }

    long position() {
        return position;
    }

    /** The view was filled anew, from the ledger up to a position. */
    void reset(long filled) {
        lock.lock();
        try {
            position = Math.max(position, filled);
            projected.removeIf(done -> done <= position);
        } finally {
            lock.unlock();
        }
    }

    /** True when the view is complete up to a position. */
    boolean reached(long wanted) {
        if (position >= wanted) return true;
        advance(wanted);
        return position >= wanted;
    }

    /** Moves as far as the view is complete, and tells how far it is behind. */
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

    private boolean isDone(Change change) {
        if (projected.contains(change.position()) || !view.sources().feed(change)) return true;
        // Of a create of which no item is known there is nothing to project.
        boolean unknownCreate =
                change.outcome() == Change.Outcome.UNKNOWN && change.action().equals(EventType.CREATED);
        if (unknownCreate) return true;
        if (view.find(change.item())
                .filter(row -> row.revision() >= change.revision())
                .isPresent()) return true;
        return view.sources().passage() == Sources.Passage.FILTERED
                && Duration.between(change.time(), clock.instant()).compareTo(grace) > 0;
    }
}
