package io.eventful.routetest;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What a stand-in answers.
 *
 * @param delay on the virtual clock
 */
record StubReply(int status, Map<String, String> headers, byte[] body, Duration delay, Failure failure) {

    /** How an exchange breaks. */
    enum Failure {
        NONE,
        /** The connection is reset before a reply. */
        RESET,
        /** The connection ends in the middle of the body. */
        TRUNCATE,
        /** No reply ever comes. */
        TIMEOUT
    }

    static StubReply of(int status) {
        return new StubReply(status, Map.of(), new byte[0], Duration.ZERO, Failure.NONE);
    }

    /** In words, for the timeline. */
    String text() {
        String what = failure == Failure.NONE
                ? Integer.toString(status)
                : failure.name().toLowerCase(Locale.ROOT);
        return delay.isZero() ? what : what + " after " + Durations.write(delay);
    }
}
