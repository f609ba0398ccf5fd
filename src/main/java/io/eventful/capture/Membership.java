package io.eventful.capture;

import io.eventful.event.Change;

/** Tells which items a create may have made of which only the collection is known. */
@FunctionalInterface
public interface Membership {

    /**
     * Whether the route that has the collection captures this as one of its items. While no route has it, nobody knows
     * better than who asks.
     *
     * @param create change of unknown outcome
     * @param subject canonical path below the collection
     */
    boolean mayHaveMade(Change create, String subject);
}
