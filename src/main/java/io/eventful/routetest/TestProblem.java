package io.eventful.routetest;

/**
 * Something wrong in a test file itself, so that it cannot be run.
 *
 * @param message what is wrong
 * @param remedy what to do about it; empty when the message says it all
 */
public record TestProblem(Spot spot, String message, String remedy) {

    /** {@code file:line:column: message; remedy}. */
    public String text() {
        return spot.exact() + ": " + message + (remedy.isEmpty() ? "" : "; " + remedy);
    }
}
