package io.eventful.delivery;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** An end of a range of publications. */
sealed interface ReplayEnd {

    /** Of the ledger. */
    record Position(long value) implements ReplayEnd {}

    record Time(Instant value) implements ReplayEnd {}

    /** Reads a position or an RFC 3339 time; empty if it is neither. */
    static Optional<ReplayEnd> read(String text) {
        if (isPosition(text)) return Optional.of(new Position(Long.parseLong(text)));
        try {
            return Optional.of(new Time(OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isPosition(String text) {
        return !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
