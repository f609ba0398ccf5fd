package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Event;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The registry of subscriptions. Writes are durable when they return, and effective at once. */
public interface Subscriptions {

    /**
     * Creates one from a checked request; the id, the secret and the status are made here.
     *
     * @throws InvalidSubscriptionException when another one has its name
     */
    default Subscription create(SubscriptionRequest request) {
        return create(request, Status.ACTIVE);
    }

    /**
     * The same in a status, if it may have that.
     *
     * @throws InvalidSubscriptionException when another one has its name
     */
    Subscription create(SubscriptionRequest request, Status wanted);

    /**
     * Replaces what a subscriber may set; empty when there is no such subscription.
     *
     * @throws InvalidSubscriptionException when another one has its name
     */
    Optional<Subscription> replace(String id, SubscriptionRequest request);

    /** Sets the status; empty when there is no such subscription. */
    Optional<Subscription> status(String id, Status status);

    /**
     * Keeps a credential whose tokens were renewed, unless its owner has given it another one meanwhile; empty when there is
     * no such subscription. May block on the store.
     */
    Optional<Subscription> renew(String id, JsonNode before, JsonNode after);

    /** Makes a new secret; the old one signs beside it until the overlap ends. */
    Optional<Subscription> rotate(String id);

    boolean delete(String id);

    /** Whether a file of the gateway declares it: then only the file changes or deletes it. */
    boolean declared(String id);

    Optional<Subscription> find(String id);

    /** The subscription of a name. */
    Optional<Subscription> named(String name);

    /** Subscriptions by id after a cursor (exclusive; empty: from the start), at most {@code limit}. */
    default List<Subscription> list(String after, int limit) {
        return list(after, limit, every -> true);
    }

    /** The same of those that are wanted. */
    List<Subscription> list(String after, int limit, Predicate<Subscription> wanted);

    /** All subscriptions, in whatever status, that want an event of a channel. In memory; never blocks. */
    List<Subscription> matching(String channel, Event event);

    /**
     * Counts an event that is about to be sent for the first time against {@code config.maxevents}; false when the
     * subscription may get no more. Never blocks.
     */
    boolean take(Subscription subscription);

    /** Counts back an event that was neither sent nor recorded: its channel will bring it again. Never blocks. */
    void giveBack(Subscription subscription);

    /** How a subscription has ended by itself, whatever its status still is; empty when it has not. */
    Optional<Status> ended(Subscription subscription);

    /** Whether its sink may be called: where consent is required, it has agreed. */
    boolean mayCall(Subscription subscription);

    /** Called after each change of a subscription, with its new form; deleted ones come with status deleted. */
    AutoCloseable listen(Consumer<Subscription> listener);
}
