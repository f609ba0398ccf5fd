package io.eventful.delivery;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A delivery that is sent without a row, at once or as soon as a slot is free: it ends, or is recorded at the hand-off. */
final class Flight {

    private final Lane lane;
    private final Delivery delivery;
    private final EventForm form;
    private final CompletableFuture<Void> settled;
    private @Nullable CompletableFuture<Void> recorded;
    private boolean landed;

    Flight(Lane lane, Delivery delivery, EventForm form, CompletableFuture<Void> settled) {
        this.lane = lane;
        this.delivery = delivery;
        this.form = form;
        this.settled = settled;
    }

    /** The future to complete when its row is durable; null when it has ended or is recorded already. */
    synchronized @Nullable CompletableFuture<Void> handOff() {
        if (landed || recorded != null) return null;
        recorded = new CompletableFuture<>();
        return recorded;
    }

    /** The attempt has ended. Returns the recording under way or done; null when there is none and none will be. */
    synchronized @Nullable CompletableFuture<Void> land() {
        landed = true;
        return recorded;
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
