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

    /** More than any delay that can be written. */
    static final Duration ANY_TIME = Duration.ofSeconds(Long.MAX_VALUE);

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

    /** The reply as who waits so long for it sees it: one that takes longer is none. */
    StubReply within(Duration limit) {
        return delay.compareTo(limit) < 0 ? this : new StubReply(status, headers, body, limit, Failure.TIMEOUT);
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
