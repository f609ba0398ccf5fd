package io.eventful.routes;

import java.util.List;
import java.util.stream.Collectors;

/** A set of route files cannot be loaded. The message lists every error with its position. */
public final class RouteSetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<RouteProblem> problems;

    RouteSetException(String directory, List<RouteProblem> problems) {
        super(message(directory, problems));
        this.problems = List.copyOf(problems);
    }

    RouteSetException(String directory, List<RouteProblem> problems, Throwable cause) {
        super(message(directory, problems), cause);
        this.problems = List.copyOf(problems);
    }

    /** All problems, including warnings, in the order of files and lines. */
    public List<RouteProblem> problems() {
        return problems;
    }

    private static String message(String directory, List<RouteProblem> problems) {
        List<RouteProblem> errors =
                problems.stream().filter(RouteProblem::isError).toList();
        String count = errors.size() == 1 ? "an error" : errors.size() + " errors";
        return errors.stream()
                .map(RouteProblem::text)
                .collect(
                        Collectors.joining("\n  ", "the route files in " + directory + " have " + count + ":\n  ", ""));
    }
}
