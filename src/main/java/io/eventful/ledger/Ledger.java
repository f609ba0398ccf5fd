package io.eventful.ledger;

import io.eventful.event.Change;
import io.eventful.event.Item;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of changes, which is also the outbox. Futures complete when what they speak of is durable.
 * Reads may block on the store and must not run on an event loop.
 */
public interface Ledger {

    /**
     * Writes an intent; the call may go out when the future completes. Fails with {@link KeyInUseException} when the
     * draft claims an idempotency key that another call holds.
     */
    CompletableFuture<Intent> open(IntentDraft draft);

    /** Settles an intent. Empty when no change came of it (refuted, or the item stayed equal); the last of several. */
    default CompletableFuture<Optional<Change>> settle(Intent intent, Settlement settlement) {
        return settle(intent, settlement, null);
    }

    /**
     * The same, and ends the intent's claim on an idempotency key: with a reply it is kept for repeats; without one, the
     * key is free again when the call was refuted, and tells the outcome when it was applied.
     */
    CompletableFuture<Optional<Change>> settle(Intent intent, Settlement settlement, @Nullable KeptReply reply);

    /** Appends a change that had no intent: a drift, a receipt, or a call on a route with a weaker guarantee. */
    CompletableFuture<Optional<Change>> append(IntentDraft draft, Settlement.Applied applied);

    /**
     * The same, unless the item has a later change than the one that was its last when this one was found. Empty then too.
     *
     * @param last the item's last change; null when it had none
     */
    CompletableFuture<Optional<Change>> appendAfter(
            @Nullable Change last, IntentDraft draft, Settlement.Applied applied);

    /** Appends several changes that had no intent, all or none; gives the last one. */
    CompletableFuture<Optional<Change>> append(IntentDraft draft, Settlement.Several several);

    /**
     * Appends a receipt, whether or not it leaves its item equal. Empty when the delivery was appended before, now or in
     * an earlier life of the gateway; its change is durable then.
     *
     * @param delivery the sender's name for the delivery, unique within the item's source
     */
    CompletableFuture<Optional<Change>> appendOnce(IntentDraft draft, Settlement.Applied applied, String delivery);

    /**
     * Forgets the names of deliveries that were appended until a time, and of the oldest beyond a number. Their changes
     * stay; a repeat of one would be appended again.
     *
     * @param most names that stay
     * @param limit names that are forgotten at most, so that nothing waits long behind it
     * @return how many were forgotten
     */
    CompletableFuture<Integer> forgetDeliveries(Instant until, long most, int limit);

    /**
     * Appends what follows from an operator's finding about a change of unknown outcome, even when the item stays equal.
     * Empty when that change was resolved before.
     */
    CompletableFuture<Optional<Change>> resolve(Resolution resolution);

    /** Changes of unknown outcome after a position that nobody has resolved, of one resource and/or subject (null: any). */
    List<Change> unresolved(long position, int limit, @Nullable String resource, @Nullable String subject);

    /** The last change of an item. */
    Optional<Change> latest(Item item);

    /** The change at a position. */
    Optional<Change> at(long position);

    /**
     * Changes after a position, in order, at most {@code limit}; fewer when they are large, and none only when there are
     * none.
     */
    List<Change> after(long position, int limit);

    /** The same of one resource and/or subject (null: any). */
    List<Change> find(long position, int limit, @Nullable String resource, @Nullable String subject);

    /** Highest position appended; 0 for an empty ledger. */
    long head();

    /**
     * Intents that a crash left open, oldest first, after an id, at most {@code limit}; fewer when they are large, and
     * none only when there are none.
     */
    List<Intent> openIntents(long afterId, int limit);

    /** Calls the listener with the new head after each group of changes; close the handle to stop. */
    AutoCloseable onAppend(LongConsumer listener);

    /** The idempotency keys that calls hold. */
    IdempotencyKeys keys();

    /** What each route has relayed. */
    Relayed relayed();
}
