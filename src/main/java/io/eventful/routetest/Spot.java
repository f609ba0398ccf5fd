package io.eventful.routetest;

/**
 * Where something stands.
 *
 * @param file as the user named it
 * @param line from 1; 0 for the file as a whole
 * @param column from 1; 0 as above
 */
public record Spot(String file, int line, int column) {

    /** {@code file:line}, or the file alone. */
    public String text() {
        return line == 0 ? file : file + ":" + line;
    }

    String exact() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
