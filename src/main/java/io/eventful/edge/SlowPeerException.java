package io.eventful.edge;

/** A peer sent no data for longer than its limit. */
final class SlowPeerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SlowPeerException() {
        super("no data for too long", null, false, false);
    }
}
