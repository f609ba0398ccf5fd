package io.eventful.edge;

/** The client disconnected before its call was answered. */
public final class CallAbortedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CallAbortedException(String message) {
        super(message);
    }
}
