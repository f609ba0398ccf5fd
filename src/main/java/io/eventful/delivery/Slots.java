package io.eventful.delivery;

import java.time.Instant;

/**
 * Attempts under way to one subscription, within its own bound and that of all subscriptions. Of the latter it holds at
 * most about twice as many as it leaves to the others: those whose endpoints are slow would else have them all, and take
 * again at once what comes free. Guarded by its lane.
 */
final class Slots {

    private final int limit;
    private final Budget budget;
    private int taken;
    private int flights;

    /** @param budget attempts under way to all subscriptions together */
    Slots(int limit, Budget budget) {
        this.limit = limit;
        this.budget = budget;
    }

    /** Takes one for a delivery in memory; half of them are left to those in the store while some wait there. */
    boolean take(Gate gate, Backlog backlog, Instant now) {
        int share = backlog.due() > 0 ? limit / 2 : limit;
        if (flights >= share || allowed() <= 0 || budget.take(1) == 0) return false;
        if (gate.take(1, now) == 0) {
            budget.giveBack(1);
            return false;
        }
        taken++;
        flights++;
        return true;
    }

    /** Takes some for deliveries in the store: at most as many as rate, endpoint and the whole gateway allow now. */
    int reserve(Gate gate, Instant now) {
        int free = allowed();
        // Claims cost a write each, so they are made for several at once.
        if (free <= 0 || taken > 0 && free < (taken + free) / 4) return 0;
        int granted = budget.take(free);
        int started = gate.take(granted, now);
        budget.giveBack(granted - started);
        taken += started;
        return started;
    }

    /** How many more it may have now. */
    private int allowed() {
        return Math.min(limit - taken, Math.ceilDiv(2 * budget.free() - taken, 3));
    }

    void giveBack(int count) {
        taken -= count;
        budget.giveBack(count);
    }

    /** Gives back one that was taken for a delivery in memory. */
    void giveBackFlight() {
        flights--;
        giveBack(1);
    }

    int taken() {
        return taken;
    }

    boolean anyTaken() {
        return taken > 0;
    }

    boolean anyFree() {
        return taken < limit;
    }
}
