package io.eventful.ledger;

/** An idempotency key is held by another call; nothing was written. */
public final class KeyInUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyInUseException() {
        super("the idempotency key is held by another call");
    }
}
