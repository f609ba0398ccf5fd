package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expectation that did not come true.
 *
 * @param spot of the expectation, as exact as it is known
 * @param message in one line
 * @param expected what was expected as a whole; null when there is nothing to compare
 * @param actual what happened instead; null as above, or when nothing happened
 * @param mismatches where they differ
 */
public record Failure(
        Spot spot,
        String message,
        @Nullable JsonNode expected,
        @Nullable JsonNode actual,
        List<Mismatch> mismatches) {

    public Failure {
        mismatches = List.copyOf(mismatches);
    }

    static Failure plain(Spot spot, String message) {
        return new Failure(spot, message, null, null, List.of());
    }
}
