package io.eventful.delivery;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code Retry-After} (RFC 9110, section 10.2.3): seconds, or an HTTP date in any of its three forms (section 5.6.7). */
final class RetryAfter {

    /** More digits than these mean as much as so many nines: the cap cuts them down. */
    private static final int MOST_DIGITS = 12;

    private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern(
                    "EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Years of two digits are no further than fifty years ahead. */
    private static final int CENTURY_AHEAD = 50;

    private RetryAfter() {}

    /** The instant asked for; empty when there is no such field or it is malformed. */
    static Optional<Instant> parse(@Nullable String value, Instant now) {
        if (value == null) return Optional.empty();
        String text = value.strip();
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9'))
            return Optional.of(now.plusSeconds(seconds(text)));
        int year = now.atZone(ZoneOffset.UTC).getYear();
        for (DateTimeFormatter form : List.of(DateTimeFormatter.RFC_1123_DATE_TIME, rfc850(year), ASCTIME)) {
            try {
                return Optional.of(form.parse(text, Instant::from));
            } catch (DateTimeException malformed) {
                continue;
            }
        }
        return Optional.empty();
    }

    private static DateTimeFormatter rfc850(int year) {
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, year - 100 + CENTURY_AHEAD + 1)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
    }

    private static long seconds(String digits) {
        return digits.length() > MOST_DIGITS ? 999_999_999_999L : Long.parseLong(digits);
    }
}
