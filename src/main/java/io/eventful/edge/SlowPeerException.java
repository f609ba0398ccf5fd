package io.eventful.edge;

/** A peer was silent for longer than its limit. */
final class SlowPeerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SlowPeerException() {
        super("silent for too long", null, false, false);
    }
}
