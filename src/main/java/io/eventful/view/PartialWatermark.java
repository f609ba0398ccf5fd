package io.eventful.view;

import io.eventful.event.Change;
import io.eventful.event.Item;
import io.eventful.ledger.Ledger;
import java.util.List;
import java.util.function.Predicate;

/** Tells whether the changes of some items are projected, whatever others are outstanding. For one read; not thread-safe. */
final class PartialWatermark {

    private static final int PAGE = 256;

    /** Maximum number of pages that are read at a time, so that nobody else who waits is held up. */
    private static final int PAGES = 4;

    private final Watermark whole;
    private final Ledger ledger;
    private final Predicate<Item> items;
    /** All changes of the items up to here are projected. */
    private long position;

    PartialWatermark(Watermark whole, Ledger ledger, Predicate<Item> items) {
        this.whole = whole;
        this.ledger = ledger;
        this.items = items;
    }

    /** True if all changes of the items up to a position are projected. */
    boolean reached(long wanted) {
        if (whole.reached(wanted)) return true;
        position = Math.max(position, whole.position());
        for (int page = 0; page < PAGES && position < wanted; page++) {
            List<Change> changes = ledger.after(position, PAGE);
            if (changes.isEmpty()) return false;
            for (Change change : changes) {
                if (change.position() > wanted) return true;
                if (items.test(change.item()) && !whole.isDone(change)) return false;
                position = change.position();
            }
        }
        return position >= wanted;
    }
}
