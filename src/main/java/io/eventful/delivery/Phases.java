package io.eventful.delivery;

/**
 * Durations of an attempt's phases in microseconds; -1 for a phase that was not reached.
 *
 * @param dns name resolution
 * @param connect TCP, and the proxy's tunnel; near 0 on a connection that is used again
 * @param tls TLS handshake; -1 on a connection that is used again
 * @param firstByte from the request to the head of the reply
 * @param total the whole attempt
 */
record Phases(long dns, long connect, long tls, long firstByte, long total) {
    static final Phases NONE = new Phases(-1, -1, -1, -1, 0);
}
