package io.eventful.delivery;

import java.time.Instant;

/** Attempts under way to one subscription, within its own bound and that of all subscriptions. Guarded by its lane. */
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
        if (taken >= limit || flights >= share || budget.take(1) == 0) return false;
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
        int free = limit - taken;
        // Claims cost a write each, so they are made for several at once.
        if (free <= 0 || taken > 0 && free < limit / 4) return 0;
        int granted = budget.take(free);
        int allowed = gate.take(granted, now);
        budget.giveBack(granted - allowed);
        taken += allowed;
        return allowed;
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

    boolean anyTaken() {
        return taken > 0;
    }

    boolean anyFree() {
        return taken < limit;
    }
}
