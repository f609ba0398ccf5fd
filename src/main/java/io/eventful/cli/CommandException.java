package io.eventful.cli;

/** A command cannot do what it was asked for; the message tells the user what and how to mend it. */
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }
}
