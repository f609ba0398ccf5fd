package io.eventful.channel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * The time of an event as text. What Java's own formatter takes some microseconds for, at every event, is read here
 * digit by digit when it is in UTC, as the gateway writes it; any other RFC 3339 text is left to Java.
 */
final class EventTime {

    private static final String FORM = "0000-00-00T00:00:00";
    private static final int NANO_DIGITS = 9;

    private EventTime() {}

    /** @throws IllegalArgumentException when it is no RFC 3339 time; the message does not quote it */
    static Instant parse(String text) {
        try {
            return isCanonical(text)
                    ? canonical(text)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a CloudEvent: time is not RFC 3339");
        }
    }

    private static boolean isCanonical(String text) {
        int end = text.length() - 1;
        int fraction = end - FORM.length();
        if (fraction < 0 || fraction == 1 || fraction > NANO_DIGITS + 1 || text.charAt(end) != 'Z') return false;
        for (int i = 0; i < FORM.length(); i++)
            if (FORM.charAt(i) == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != FORM.charAt(i)) return false;
        if (fraction > 0 && text.charAt(FORM.length()) != '.') return false;
        for (int i = FORM.length() + 1; i < end; i++) if (!isDigit(text.charAt(i))) return false;
        return number(text, 11, 13) < 24 && number(text, 14, 16) < 60 && number(text, 17, 19) < 60;
    }

    private static Instant canonical(String text) {
        LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
        int seconds = (number(text, 11, 13) * 60 + number(text, 14, 16)) * 60 + number(text, 17, 19);
        int from = FORM.length() + 1;
        int to = text.length() - 1;
        long nanos = 0;
        if (from < to) {
            nanos = number(text, from, to);
            for (int digits = to - from; digits < NANO_DIGITS; digits++) nanos *= 10;
        }
        return Instant.ofEpochSecond(day.toEpochDay() * 86_400 + seconds, nanos);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) number = number * 10 + text.charAt(i) - '0';
        return number;
    }
}
