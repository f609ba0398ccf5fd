package io.eventful.ledger;

/** An export that cannot be taken in, or a ledger that cannot take it; the message says where and what to do. */
final class LedgerFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LedgerFileException(String message) {
        super(message);
    }

    LedgerFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
