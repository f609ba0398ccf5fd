package io.eventful.ledger;

import io.eventful.event.Item;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** How far each route has come: a position per route, and a row per change that a route has parked. */
public interface Relayed {

    /**
     * A change that a route could not handle.
     *
     * @param route id of the route
     * @param position of the change
     * @param item of the change; of one that the ledger does not have, only the subject is told
     * @param reason the error, without bodies or secrets
     * @param attempts how often it was tried
     * @param time when it was parked
     */
    record Parked(String route, long position, Item item, String reason, int attempts, Instant time) {}

    /**
     * A parked change that an operator gave up: the route never handles it.
     *
     * @param parked as it was parked
     * @param time when it was given up
     * @param note why, in the operator's words; may be empty
     */
    record Skipped(Parked parked, Instant time, String note) {}

    /**
     * A parked change that other routes have to handle from now on.
     *
     * @param from id of the route that has parked it
     * @param position of the change
     * @param to ids of the routes that have it then, each of them
     */
    record Inherited(String from, long position, Set<String> to) {}

    /**
     * Whose changes a route was given.
     *
     * @param route id of the route
     * @param template of the items
     * @param upstream name of the upstream whose items these are; null when the edge says so
     * @param items where replies have their items, when a call writes several; else null
     * @param collection of the items, when calls elsewhere write them; else null
     */
    record Captured(
            String route,
            String template,
            @Nullable String upstream,
            @Nullable String items,
            @Nullable String collection) {}

    /**
     * Receipts of webhooks that belong to a route: those at a path, after one position of the ledger and up to another.
     *
     * @param route id of the route
     * @param path where they came in
     * @param since the position after which they begin
     * @param until the last position; {@link #OPEN} when there is no end
     */
    record Received(String route, String path, long since, long until) {

        /** No end. */
        public static final long OPEN = Long.MAX_VALUE;
    }

    /** The routes that captured when the gateway last ran. */
    List<Captured> captured();

    /** These capture from now on, and no others. */
    CompletableFuture<Void> capture(List<Captured> routes);

    /** Which receipts are whose, as last kept. */
    List<Received> received();

    /** Receipts belong to these routes from now on, and to no others. */
    CompletableFuture<Void> receive(List<Received> receipts);

    /** All changes up to this position are done (or parked) for the route; empty when the route is new. */
    OptionalLong position(String route);

    /** Moves a route's position. Lazily durable: a crash may bring back an older one. */
    CompletableFuture<Void> advance(String route, long position);

    /** Parks a change, durably. */
    CompletableFuture<Void> park(Parked parked);

    /** Notes why a parked change could not be handled when it was tried once more. */
    CompletableFuture<Void> failedAgain(String route, long position, String reason);

    /** Takes a parked change out again, to be tried anew. */
    CompletableFuture<Void> unpark(String route, long position);

    /** Moves parked changes to other routes, all or none; what a route has parked itself stays as it is. */
    CompletableFuture<Void> handOver(List<Inherited> parked);

    /** Gives a parked change up, and keeps a record of it; empty when the route has parked none at this position. */
    CompletableFuture<Optional<Skipped>> skip(String route, long position, Instant time, String note);

    /**
     * A page of what was given up for a route, in order of position, for as long as the ledger has the changes.
     *
     * @param after position after which the page begins; 0 for the first
     * @param limit rows at most
     */
    List<Skipped> skipped(String route, long after, int limit);

    /** What is parked on a route, in order of position; all routes when the id is empty. */
    List<Parked> parked(String route);

    /**
     * A page of what is parked on a route, in order of position.
     *
     * @param after position after which the page begins; 0 for the first
     * @param limit rows at most
     */
    List<Parked> parked(String route, long after, int limit);

    /** Ids of all routes that have parked something, running or not. */
    Set<String> parking();

    /** Ids of all routes that have a position. */
    Set<String> routes();

    /** Forgets a route. */
    CompletableFuture<Void> forget(String route);
}
