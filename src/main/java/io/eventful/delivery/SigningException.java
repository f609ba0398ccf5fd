package io.eventful.delivery;

/** A webhook could not be signed; it is not sent. The message never holds a secret. */
final class SigningException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SigningException(String message) {
        super(message);
    }
}
