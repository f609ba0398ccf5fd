package io.eventful.store;

import io.eventful.event.UnavailableException;

/** The store is temporarily unavailable: disk full, I/O error, closed, overloaded. */
public final class StoreUnavailableException extends UnavailableException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreUnavailableException(String message) {
        super(message);
    }
}
