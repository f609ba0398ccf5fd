package io.eventful.delivery;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code Retry-After} (RFC 9110, section 10.2.3): seconds, or an HTTP date. */
final class RetryAfter {

    /** More digits than these mean as much as so many nines: the cap cuts them down. */
    private static final int MOST_DIGITS = 12;

    private RetryAfter() {}

    /** The instant asked for; empty when there is no such field or it is malformed. */
    static Optional<Instant> parse(@Nullable String value, Instant now) {
        if (value == null) return Optional.empty();
        String text = value.strip();
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9'))
            return Optional.of(now.plusSeconds(seconds(text)));
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static long seconds(String digits) {
        return digits.length() > MOST_DIGITS ? 999_999_999_999L : Long.parseLong(digits);
    }
}
