package io.eventful.store;

/**
 * The store is damaged: what was asked for meets a page of the database that is not as it was written. It does not pass by
 * itself. As with every {@link io.eventful.event.UnavailableException}, the processed message is not at fault: it waits
 * until the operator has mended the store.
 */
public final class StoreDamagedException extends StoreUnavailableException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    StoreDamagedException(String message, String remedy, Throwable cause) {
        super(message + "; " + remedy, cause);
        this.remedy = remedy;
    }

    /** What the operator can do; without the place of the store, which is in the message. */
    public String remedy() {
        return remedy;
    }
}
