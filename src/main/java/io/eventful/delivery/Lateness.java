package io.eventful.delivery;

/**
 * Whether a subscription's attempts lately outlast the hand-off, as a moving share of the late ones: one late attempt
 * among quick ones changes nothing; about a dozen in a row do, until about as many quick ones. Thread-safe.
 */
final class Lateness {

    private static final double WEIGHT = 1.0 / 16;
    private static final double BEGINS = 0.5;
    private static final double ENDS = 0.25;

    private final int slots;
    private double share;
    private boolean late;
    private int overdue;

    Lateness(int slots) {
        this.slots = slots;
    }

    /** An attempt, or the wait for its slot, outlasted the hand-off. */
    synchronized void late() {
        share += (1 - share) * WEIGHT;
        if (share > BEGINS) late = true;
    }

    /** An attempt has ended before a hand-off would have been. */
    synchronized void quick() {
        share -= share * WEIGHT;
        if (share < ENDS) late = false;
    }

    /** An attempt is still under way at its hand-off. */
    synchronized void overdue() {
        late();
        overdue++;
    }

    /** An overdue attempt has ended. */
    synchronized void overdueEnded() {
        overdue--;
    }

    /** Whether so many attempts under way are all overdue. */
    synchronized boolean areAllOverdue(int attempts) {
        return overdue >= attempts;
    }

    /** Whether a new delivery is recorded at once: it would make the channel wait for the hand-off in vain. */
    synchronized boolean prevails() {
        return late || overdue >= slots;
    }
}
