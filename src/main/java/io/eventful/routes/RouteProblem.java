package io.eventful.routes;

import java.util.Comparator;

/**
 * Something wrong in a route file, at a place.
 *
 * @param file path of the file as an operator would write it; the folder when no single file is at fault
 * @param line from 1; 0 when the problem has no place within the file
 * @param column from 1; 0 as above
 * @param rule id of the check that found it, in kebab case
 * @param severity whether the set can be used
 * @param message what is wrong, without values of options
 * @param remedy what to do about it; empty when the message says it all
 */
public record RouteProblem(
        String file, int line, int column, String rule, Severity severity, String message, String remedy) {

    /** An error keeps the whole set from being used; a warning does not. */
    public enum Severity {
        ERROR,
        WARNING
    }

    static final Comparator<RouteProblem> BY_PLACE = Comparator.comparing(RouteProblem::severity)
            .thenComparing(RouteProblem::file)
            .thenComparingInt(RouteProblem::line)
            .thenComparingInt(RouteProblem::column);

    /** {@code file:line:column: severity rule: message; remedy}. */
    public String text() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) text.append(':').append(line).append(':').append(column);
        text.append(": ").append(severity == Severity.ERROR ? "error " : "warning ");
        text.append(rule).append(": ").append(message);
        if (!remedy.isEmpty()) text.append("; ").append(remedy);
        return text.toString();
    }

    boolean isError() {
        return severity == Severity.ERROR;
    }
}
