package io.eventful.capture;

import java.util.TreeSet;

/** Which changes of a route are not done yet, and so how far the route has come without a gap. */
final class Progress {

    private final TreeSet<Long> open = new TreeSet<>();
    private long read;

    Progress(long read) {
        this.read = read;
    }

    /** The last position that was read from the ledger. */
    long read() {
        return read;
    }

    /** A change was read that is none of the route's. */
    void skip(long position) {
        read = position;
    }

    /** A change was read that the route has to do. */
    void begin(long position) {
        read = position;
        open.add(position);
    }

    /** A change is done or durably parked. */
    void end(long position) {
        open.remove(position);
    }

    /** How many changes are not done. */
    int open() {
        return open.size();
    }

    /** Everything up to this position is done. */
    long done() {
        return open.isEmpty() ? read : open.first() - 1;
    }
}
