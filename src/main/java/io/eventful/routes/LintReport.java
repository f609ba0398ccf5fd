package io.eventful.routes;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What lint has found.
 *
 * @param files texts of the files looked at, by the paths that the problems name
 * @param problems errors first, then by place
 */
public record LintReport(Map<String, String> files, List<RouteProblem> problems) {

    /** How many problems keep the files from being used. */
    public long errors() {
        return problems.stream().filter(RouteProblem::isError).count();
    }

    /** How many problems do not. */
    public long warnings() {
        return problems.size() - errors();
    }

    /** The line that a problem is on; empty when it is about a file as such. */
    public Optional<String> line(RouteProblem problem) {
        String text = files.get(problem.file());
        if (text == null || problem.line() < 1) return Optional.empty();
        return text.lines().skip(problem.line() - 1L).findFirst();
    }
}
