package io.eventful.event;

/** Makes links under which the state of a change can be had, for events too large to carry it (claim checks). */
@FunctionalInterface
public interface ClaimLinks {

    /** Absolute URL, signed and expiring, of the state that the change at a position left. */
    String claim(long position);
}
