package io.eventful.routes;

import java.util.Comparator;

/**
 * A problem in a route file, with its position.
 *
 * @param file path of the file as an operator would write it; the folder if the problem is not in a single file
 * @param line line, from 1; 0 if the problem is about the whole file
 * @param column column, from 1; 0 as above
 * @param rule id of the lint rule, in kebab case
 * @param severity whether the problem prevents loading
 * @param message what is wrong, without option values
 * @param remedy how to correct it; may be empty
 */
public record RouteProblem(
        String file, int line, int column, String rule, Severity severity, String message, String remedy) {

    /** An error prevents the whole set from being loaded; a warning does not. */
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
