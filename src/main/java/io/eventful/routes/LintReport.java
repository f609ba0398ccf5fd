package io.eventful.routes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result of lint.
 *
 * @param files texts of the checked files, by the paths in the problems
 * @param problems errors first, then sorted by position
 */
public record LintReport(Map<String, String> files, List<RouteProblem> problems) {

    /** The same with further problems. */
    public LintReport with(List<RouteProblem> more) {
        return new LintReport(
                files,
                Stream.concat(problems.stream(), more.stream())
                        .sorted(RouteProblem.BY_PLACE)
                        .toList());
    }

    /** Number of errors. */
    public long errors() {
        return problems.stream().filter(RouteProblem::isError).count();
    }

    /** Number of warnings. */
    public long warnings() {
        return problems.size() - errors();
    }

    /** The line of a problem; empty if the problem is about a whole file. */
    public Optional<String> line(RouteProblem problem) {
        String text = files.get(problem.file());
        if (text == null || problem.line() < 1) return Optional.empty();
        return text.lines().skip(problem.line() - 1L).findFirst();
    }
}
