package io.eventful.capture;

import io.eventful.event.Change;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call's right to write now: at the head of its item's lane, or without one. Belongs to one thread at a time. */
final class Turn implements AutoCloseable {

    private final Change.Order order;
    private Lanes.@Nullable Place place;
    /** In the order in which calls on the item end. */
    private Lanes.@Nullable Place end;
    /** What its call holds of the memory; ended by the call. */
    private MemoryBudget.@Nullable Share call;
    /** What it holds itself, when it was handed over. */
    private MemoryBudget.@Nullable Share own;

    private Turn(Change.Order order, Lanes.@Nullable Place place) {
        this.order = order;
        this.place = place;
    }

    /** The turn of a call that holds some of the memory: whoever it is handed over to holds as much until the turn ends. */
    Turn holding(MemoryBudget.Share share) {
        call = share;
        return this;
    }

    /** At the head of a lane. */
    static Turn at(Lanes.Place place) {
        return new Turn(Change.Order.LANE, place);
    }

    /** Ahead of the others in a lane. */
    static Turn ahead(Lanes.Place place) {
        place.overtake();
        return new Turn(Change.Order.OBSERVED, place);
    }

    /** On a route without lanes, or of a call that holds none. */
    static Turn observed() {
        return new Turn(Change.Order.OBSERVED, null);
    }

    /** For a create: there is no item yet that anybody else could write. */
    static Turn alone() {
        return new Turn(Change.Order.LANE, null);
    }

    /** What the lane tells of the order of what is written: nothing, when somebody went ahead of whoever holds it. */
    Change.Order order() {
        return isOvertaken() ? Change.Order.OBSERVED : order;
    }

    boolean isObserved() {
        return order == Change.Order.OBSERVED;
    }

    /** Whether somebody else may have written the item in this turn. */
    boolean isOvertaken() {
        return place != null && place.isOvertaken();
    }

    /** Takes its place among those that end: it lasts as long as the turn. */
    void ends(Lanes.Place behindOthers) {
        end = behindOthers;
    }

    /** Whether it may end now, as those before it have ended; waits so long for them. */
    boolean mayEnd(Duration limit) throws InterruptedException {
        return end == null || end.isReached(limit);
    }

    /** Lets others end before it: nobody knows how long it takes. */
    void endsAnyTime() {
        if (end != null) end.close();
        end = null;
    }

    /** Gives the turn to somebody who closes it later; closing this one then does nothing. */
    Turn handOver() {
        Turn taken = new Turn(order, place);
        if (own != null) taken.own = own;
        else if (call != null) taken.own = call.again();
        own = null;
        place = null;
        taken.end = end;
        end = null;
        return taken;
    }

    /** Of what its call leaves to the ledger: it holds some of the memory, and nobody up. */
    Turn besides(long bytes) {
        Turn other = observed();
        if (call == null) return other;
        other.own = call.again();
        other.own.hold(bytes);
        return other;
    }

    /** Lets the next one in. */
    @Override
    public void close() {
        if (place != null) place.close();
        place = null;
        endsAnyTime();
        if (own != null) own.close();
        own = null;
    }
}
