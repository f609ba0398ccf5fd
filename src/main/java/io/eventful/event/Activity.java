package io.eventful.event;

/** How much a part still has to do. Tests that own the time let it pass only while every part waits for it. */
public interface Activity {

    /** Whether something is being done right now; false while all that is left waits for a timer. */
    boolean busy();

    /** How much is begun, or due later, and not done: a test has not come to its end before. */
    int open();
}
