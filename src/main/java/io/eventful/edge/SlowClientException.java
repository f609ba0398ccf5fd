package io.eventful.edge;

/** A peer was silent for longer than its limit. */
final class SlowClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SlowClientException() {
        super("silent for too long", null, false, false);
    }
}
