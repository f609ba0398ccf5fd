package io.eventful.event;

/** Creates the links of claim checks, under which the state of a change can be read. */
@FunctionalInterface
public interface ClaimLinks {

    /** Signed, expiring absolute URL of the state after the change at a position. */
    String claim(long position);
}
