package io.eventful.ledger;

import io.eventful.event.Change;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hands the ledger's changes to routes: each goes on where it was, many items at once, one change at a time for each item
 * and in order. What a route cannot handle is tried again and then parked.
 */
public interface Feed {

    /** What a route does with a change. */
    @FunctionalInterface
    interface Receiver {

        /**
         * Processes a change; may return before it is done.
         *
         * @param done called once, with the error or with null
         */
        void receive(Change change, Consumer<@Nullable Throwable> done);
    }

    /**
     * Begins to hand changes to a route. A route that has no position yet begins at the ledger's head; when this returns,
     * that is durable, so no later change is missed.
     *
     * @param route id of the route; fails with {@link IllegalStateException} when it is followed already
     * @param wanted which changes the route gets
     * @return ends it: waits, bounded, for what is in flight
     */
    AutoCloseable follow(String route, Predicate<Change> wanted, Receiver receiver);

    /** Ids of the routes that get changes now. */
    Set<String> followed();

    /** A call of somebody who waits for its answer: while many such calls are under way, routes get fewer changes. */
    default Runnable waitedFor(Runnable call) {
        return call;
    }
}
