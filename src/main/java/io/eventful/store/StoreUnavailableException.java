package io.eventful.store;

import io.eventful.event.UnavailableException;

/** The store is temporarily unavailable: disk full, I/O error, closed, overloaded. */
public sealed class StoreUnavailableException extends UnavailableException permits StoreDamagedException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreUnavailableException(String message) {
        super(message);
    }
}
