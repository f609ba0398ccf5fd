package io.eventful.edge;

/** How much of a reply's body is read before the reply is returned. */
@FunctionalInterface
public interface ReadAhead {

    /** The reply is returned as soon as its header section has arrived. */
    ReadAhead NOTHING = status -> 0;

    /**
     * Maximum number of bytes to read. If the body is longer or breaks off, the reply is returned anyway. 0 reads nothing.
     */
    int limit(int status);
}
