package io.eventful.routetest;

import java.time.Duration;
import java.util.List;

/**
 * How a test ended.
 *
 * @param failures empty when it passed
 * @param timeline what happened, line by line
 * @param took real time
 */
public record CaseResult(TestCase test, List<Failure> failures, List<String> timeline, Duration took) {

    public CaseResult {
        failures = List.copyOf(failures);
        timeline = List.copyOf(timeline);
    }

    /** Whether everything expected came true. */
    public boolean passed() {
        return failures.isEmpty();
    }
}
