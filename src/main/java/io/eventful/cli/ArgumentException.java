package io.eventful.cli;

/** The command line is wrong in a way that only the command sees. */
final class ArgumentException extends CommandException {

    private static final long serialVersionUID = 1L;

    ArgumentException(String message) {
        super(message);
    }
}
