package io.eventful.channel;

/** A destination does not take an event of this size, today or ever. */
final class EventTooLargeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    EventTooLargeException(String message, Throwable cause) {
        super(message, cause);
    }
}
