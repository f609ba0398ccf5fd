package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A place at which an expectation and what happened do not agree.
 *
 * @param spot of the expectation
 * @param pointer JSON pointer within what happened
 * @param expected null when nothing was expected there
 * @param actual null when there was nothing
 */
record Mismatch(
        Spot spot,
        String pointer,
        @Nullable JsonNode expected,
        @Nullable JsonNode actual) {}
