package io.eventful.cli;

/** The gateway refused one request; it may take others. */
final class RefusedException extends CommandException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
