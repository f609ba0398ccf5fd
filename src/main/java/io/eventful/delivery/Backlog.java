package io.eventful.delivery;

/** How many due deliveries of a subscription wait in the store for a slot, as far as memory knows. Thread-safe. */
final class Backlog {

    private long recorded;
    private long due;

    /** So many due deliveries were recorded. */
    synchronized void recorded(int count) {
        recorded += count;
        due += count;
    }

    /** Some are due, though not known how many. */
    synchronized void some() {
        if (due == 0) recorded(1);
    }

    /** How many were ever recorded. */
    synchronized long recordings() {
        return recorded;
    }

    /** So many were claimed, and there are more. */
    synchronized void claimed(int count) {
        due = Math.max(1, due - count);
    }

    /** Everything due at that number of recordings is claimed. */
    synchronized void drained(long recordings) {
        due = recorded - recordings;
    }

    synchronized long due() {
        return due;
    }
}
