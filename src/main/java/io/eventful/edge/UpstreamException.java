package io.eventful.edge;

/** No reply came from an upstream. */
public final class UpstreamException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How far the call had come. */
    public enum Sent {
        /** Not a byte reached the upstream: it cannot have acted. */
        NOTHING,
        /** Some or all bytes were handed to the network: it may have acted. */
        MAYBE
    }

    private final Sent sent;
    private final int status;

    /**
     * @param sent how far the call had come
     * @param status what the caller is answered: 502 or 504
     * @param message for the operator; no header values, no bodies
     */
    public UpstreamException(Sent sent, int status, String message, Throwable cause) {
        super(message, cause);
        this.sent = sent;
        this.status = status;
    }

    /** How far the call had come. */
    public Sent sent() {
        return sent;
    }

    /** What the caller is answered: 502 or 504. */
    public int status() {
        return status;
    }
}
