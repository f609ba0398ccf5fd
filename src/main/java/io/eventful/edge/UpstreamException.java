package io.eventful.edge;

import java.util.List;

/** An upstream sent no valid reply. */
public final class UpstreamException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How much of the request was sent. */
    public enum Sent {
        /** No byte was sent: the upstream cannot have executed the request. */
        NOTHING,
        /** Some or all bytes were sent: the upstream may have executed the request. */
        MAYBE
    }

    private final Sent sent;
    /** Statuses for the client. */
    static final List<Integer> STATUSES = List.of(502, 503, 504);

    private final int status;

    /**
     * @param sent how much of the request was sent
     * @param status status for the client: 502, 503 or 504
     * @param message for the operator; no header values, no bodies
     */
    public UpstreamException(Sent sent, int status, String message, Throwable cause) {
        super(message, cause);
        this.sent = sent;
        this.status = status;
    }

    /** How much of the request was sent. */
    public Sent sent() {
        return sent;
    }

    /** Status for the client: 502, 503 or 504. */
    public int status() {
        return status;
    }
}
