package io.eventful.edge;

/** How much of a reply's body is read before the reply is given back. */
@FunctionalInterface
public interface ReadAhead {

    /** Only the head is waited for. */
    ReadAhead NOTHING = status -> 0;

    /**
     * Bytes kept in memory; beyond them, or when the body breaks off, the reply is given back all the same. 0 to read
     * nothing ahead.
     */
    int limit(int status);
}
