package io.eventful.delivery;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that is sent from memory, at once or as soon as a slot is free: it ends without a row, or is recorded at
 * the hand-off and ends like one from the store. Thread-safe.
 */
final class Flight {

    private final Lane lane;
    private final Delivery delivery;
    private final EventForm form;
    private final CompletableFuture<Void> settled;
    private @Nullable CompletableFuture<Void> recorded;
    private Instant latestStart = Instant.MAX;
    private @Nullable Instant launched;
    private boolean overdue;
    private boolean landed;
    private boolean abandoned;

    Flight(Lane lane, Delivery delivery, EventForm form, CompletableFuture<Void> settled) {
        this.lane = lane;
        this.delivery = delivery;
        this.form = form;
        this.settled = settled;
    }

    /**
     * Its row is about to be written.
     *
     * @param latest after that it may not start any more: its claim would end too early
     * @return the future to complete when the row is durable; null when it has ended or is recorded already
     */
    synchronized @Nullable CompletableFuture<Void> handOff(Instant latest) {
        if (landed || recorded != null) return null;
        recorded = new CompletableFuture<>();
        latestStart = latest;
        return recorded;
    }

    /** The attempt begins. Returns whether it may; it may not when its event was given back to the channel. */
    synchronized boolean launch(Instant now) {
        if (!abandoned) launched = now;
        return !abandoned;
    }

    /** Whether it is at its end or recorded, so that the time of the hand-off means nothing to it any more. */
    synchronized boolean isSettling() {
        return landed || abandoned || recorded != null;
    }

    /** Whether it waits for its slot, or its attempt began after that time. */
    synchronized boolean began(Instant after) {
        return launched == null || launched.isAfter(after);
    }

    /** Its row could not be written. Returns whether its attempt has not begun, and will not. */
    synchronized boolean abandon() {
        abandoned = launched == null;
        return abandoned;
    }

    /** The time of the hand-off has come. Returns whether its attempt is under way, and was not overdue yet. */
    synchronized boolean overdue() {
        if (launched == null || landed || overdue) return false;
        overdue = true;
        return true;
    }

    synchronized boolean wasOverdue() {
        return overdue;
    }

    /** The attempt has ended. Returns the recording under way or done; null when there is none and none will be. */
    synchronized @Nullable CompletableFuture<Void> land() {
        landed = true;
        return recorded;
    }

    /** It has waited so long for its slot that it must be left to the store. */
    synchronized boolean stale(Instant now) {
        return now.isAfter(latestStart);
    }

    Lane lane() {
        return lane;
    }

    Delivery delivery() {
        return delivery;
    }

    EventForm form() {
        return form;
    }

    /** Completes when the event may be acknowledged as far as this delivery is concerned. */
    CompletableFuture<Void> settled() {
        return settled;
    }
}
