package io.eventful.routetest;

import java.time.Duration;
import java.util.List;

/**
 * How a test ended.
 *
 * @param failures empty when it passed, or could not be run
 * @param problems why it could not be run, in its file or in those that it tests
 * @param timeline what happened, line by line
 * @param took real time
 */
public record CaseResult(
        TestCase test, List<Failure> failures, List<TestProblem> problems, List<String> timeline, Duration took) {

    public CaseResult {
        failures = List.copyOf(failures);
        problems = List.copyOf(problems);
        timeline = List.copyOf(timeline);
    }

    /** Whether everything expected came true. */
    public boolean passed() {
        return failures.isEmpty() && problems.isEmpty();
    }
}
