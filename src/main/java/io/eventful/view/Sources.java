package io.eventful.view;

import io.eventful.edge.ScopeName;
import io.eventful.event.Change;
import io.eventful.event.Item;
import java.util.Set;

/** The changes of the ledger that the routes of a view send to it. */
interface Sources {

    /** True if the routes send this change to the view, unless a filter removes it. */
    boolean feed(Change change);

    /** What names the scope of an item in requests. */
    ScopeName scopeOf(Item item);

    /** What names the scope of some item, of all that have one. */
    Set<ScopeName> scopes();

    /** Those of them that the routes of this view name; all if it is not known which routes these are. */
    Set<ScopeName> ownScopes();

    /** Whether all these changes arrive at the view. */
    Passage passage();

    /** Whether a step between the ledger and the view may drop a change. */
    enum Passage {
        ALL,
        FILTERED
    }
}
