package io.eventful.ledger;

import io.eventful.event.Change;
import io.eventful.event.Item;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Items as they once were. An item's state as of a revision is the after-image of that change. Reads may block on the
 * store and must not run on an event loop.
 */
public interface History {

    /** Items of the ledger with this subject, one per source and scope; at most {@code limit}. */
    List<Item> items(String subject, int limit);

    /** The change that led to a revision of an item. */
    Optional<Change> revision(Item item, long revision);

    /** The last change of an item at a time or before it. */
    Optional<Change> asOf(Item item, Instant time);

    /** The change that brought an item to be, the last one when it came to be more than once; empty when it is not in the ledger. */
    Optional<Change> creation(Item item);

    /**
     * What took back the delete at a position by making another item, or may have, also what retention has removed; not what
     * an operator has found not to have been applied.
     */
    List<MadeAgain> madeAgain(long position);

    /** The last change of an item at a position or before it. */
    Optional<Change> asOf(Item item, long position);

    /** What is known of the changes at some positions; those that the ledger does not have are left out. */
    Map<Long, Origin> origins(Collection<Long> positions);

    /** The items of a resource, or of the collection of that name, that came last; at most {@code limit}. */
    List<Item> sample(String resource, int limit);

    /** What is known of a change besides its documents. */
    static Origin origin(Change change) {
        return Origins.of(change);
    }
}
