package io.eventful.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts wrong keys, so that a short one cannot be guessed through the sign-in page. */
final class SignInAttempts {

    /** Wrong keys that are looked at within {@link #SPAN}, whoever sends them. */
    static final int MOST = 10;

    static final Duration SPAN = Duration.ofMinutes(1);

    private final Clock clock;
    private final Deque<Instant> failures = new ArrayDeque<>();

    SignInAttempts(Clock clock) {
        this.clock = clock;
    }

    /** Whether another key is looked at now. */
    synchronized boolean isOpen() {
        Instant since = clock.instant().minus(SPAN);
        while (!failures.isEmpty() && !failures.getFirst().isAfter(since)) failures.removeFirst();
        return failures.size() < MOST;
    }

    synchronized void failed() {
        failures.addLast(clock.instant());
    }
}
