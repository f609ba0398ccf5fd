package io.eventful.delivery;

/** A sink's credential cannot be used; the webhook is not sent without it. The message never holds a secret. */
final class CredentialException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CredentialException(String message) {
        super(message);
    }
}
