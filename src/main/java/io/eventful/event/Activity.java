package io.eventful.event;

/** Reports whether a component is idle. Route tests advance their virtual clock only while all components are idle. */
public interface Activity {

    /** Whether the component is working right now; false if it only waits for a timer. */
    boolean busy();

    /** Number of unfinished tasks, including those that wait for a timer; a test ends only when it is 0. */
    int open();
}
