package io.eventful.admin;

import io.eventful.event.Change;
import io.eventful.ledger.Ledger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ledger backwards, newest first. The ledger can only be read forwards, so this class reads windows of
 * positions from the end and enlarges them while they contain few matching changes.
 */
final class LatestChanges {

    private static final int FIRST_WINDOW = 128;
    private static final int LARGEST_WINDOW = 8192;

    /** Maximum number of windows that are read for one page. */
    private static final int WINDOWS = 16;

    private static final int PAGE = 200;

    private final Ledger ledger;

    LatestChanges(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * @param items newest first
     * @param before position at which the next older page starts; 0 if there is none. May be set although the page is empty
     */
    record Older<T>(List<T> items, long before) {}

    /** The last changes before a position, of one resource and/or subject (null: any); only their mapped form is kept in memory. */
    <T> Older<T> before(
            long before, int limit, @Nullable String resource, @Nullable String subject, Function<Change, T> shown) {
        record Found<T>(long position, T item) {}
        List<Found<T>> found = new ArrayList<>();
        long end = before;
        int window = Math.max(FIRST_WINDOW, limit);
        for (int i = 0; i < WINDOWS && end > 1 && found.size() < limit; i++) {
            long begin = Math.max(0, end - 1 - window);
            List<Found<T>> here = new ArrayList<>();
            for (long after = begin; after < end - 1; ) {
                List<Change> page = ledger.find(after, PAGE, resource, subject);
                for (Change change : page)
                    if (change.position() < end) here.add(new Found<>(change.position(), shown.apply(change)));
                if (page.isEmpty()) break;
                after = page.getLast().position();
            }
            here.sort(
                    Comparator.comparingLong((Found<T> each) -> each.position()).reversed());
            found.addAll(here);
            end = begin + 1;
            window = Math.min(window * 2, LARGEST_WINDOW);
        }
        boolean cut = found.size() > limit;
        List<Found<T>> kept = cut ? found.subList(0, limit) : found;
        long next = cut ? kept.getLast().position() : end > 1 ? end : 0;
        return new Older<>(kept.stream().map(Found::item).toList(), next);
    }
}
