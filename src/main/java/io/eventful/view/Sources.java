package io.eventful.view;

import io.eventful.event.Change;
import io.eventful.event.Item;
import java.util.Set;

/** Which changes of the ledger a view's routes bring to it. */
interface Sources {

    /** True when the routes bring this change to the view, unless a filter between them stops it. */
    boolean feed(Change change);

    /** The header or query parameter that belongs to an item's identity; empty for none. */
    String scopeOf(Item item);

    /** All headers and query parameters that are such for some item. */
    Set<String> scopes();

    /** Whether every change that is fed arrives. */
    Passage passage();

    /** Whether something between the ledger and the view may stop a change. */
    enum Passage {
        ALL,
        FILTERED
    }
}
