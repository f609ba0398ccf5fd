package io.eventful.cli;

/** A command failed; the message tells the user what is wrong and how to correct it. */
class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }

    CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
