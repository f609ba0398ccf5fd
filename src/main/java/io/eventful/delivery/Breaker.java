package io.eventful.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one endpoint. Closed: everything goes. Open, after enough failures in a row: nothing goes, and
 * nothing spends a step of its schedule. Half-open, from time to time: one delivery goes, and its outcome decides.
 * Guarded by its lane.
 */
final class Breaker {

    private final BreakerSettings settings;
    /** A failure that comes longer after the one before begins a new span: nothing was tried in between. */
    private final Duration memory;

    private State state = State.CLOSED;
    private int failures;
    private @Nullable Instant since;
    private @Nullable Instant last;
    private Instant until = Instant.EPOCH;
    private Duration pause;
    private boolean probing;

    /** As section "Circuit breaker" of {@code docs/delivery.md} names them. */
    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    /** What an outcome changed. */
    enum Change {
        NONE,
        OPENED,
        CLOSED,
        /** It has failed for so long that it is given up. */
        GIVEN_UP
    }

    /** @param longestDelay between two attempts of one delivery */
    Breaker(BreakerSettings settings, Duration longestDelay) {
        this.settings = settings;
        this.pause = settings.probe();
        Duration between = max(longestDelay, settings.probeMax()).multipliedBy(2);
        this.memory = max(between, settings.disableAfter());
    }

    /** How many of {@code most} may start now. */
    int permits(int most, Instant now) {
        if (state == State.CLOSED) return most;
        if (state == State.OPEN && !until.isAfter(now)) state = State.HALF_OPEN;
        return state == State.HALF_OPEN && !probing ? Math.min(1, most) : 0;
    }

    /** Some of the permitted ones start. */
    void started() {
        if (state == State.HALF_OPEN) probing = true;
    }

    /** What was started did not become an attempt. */
    void unused() {
        probing = false;
    }

    Change succeeded() {
        boolean was = state != State.CLOSED;
        reset();
        return was ? Change.CLOSED : Change.NONE;
    }

    /** The endpoint refused this one delivery, or asked for a pause: it lives, which says nothing of its health. */
    void answered() {
        probing = false;
    }

    Change failed(Instant now) {
        Instant first = since;
        if (first == null || last == null || last.plus(memory).isBefore(now)) {
            first = now;
            failures = 0;
        }
        since = first;
        last = now;
        failures++;
        boolean probe = probing;
        probing = false;
        if (!settings.disableAfter().isZero()
                && !first.plus(settings.disableAfter()).isAfter(now)) return Change.GIVEN_UP;
        if (state == State.HALF_OPEN && probe) {
            pause = min(pause.multipliedBy(2), settings.probeMax());
            open(now);
            return Change.NONE;
        }
        if (state != State.CLOSED
                || failures < settings.failures()
                || first.plus(settings.span()).isAfter(now)) return Change.NONE;
        open(now);
        return Change.OPENED;
    }

    private void open(Instant now) {
        state = State.OPEN;
        until = now.plus(pause);
    }

    /** An open circuit lets one through now. */
    void probeNow() {
        until = Instant.EPOCH;
    }

    void reset() {
        state = State.CLOSED;
        failures = 0;
        since = null;
        last = null;
        pause = settings.probe();
        probing = false;
    }

    /** What the store knew at the start. */
    void restore(@Nullable Instant failingSince) {
        since = failingSince;
        last = failingSince == null ? null : failingSince.plus(memory);
    }

    State state() {
        return state;
    }

    /** Failures in a row. */
    int failures() {
        return failures;
    }

    /** The first failure since the last success; null when there is none. */
    @Nullable
    Instant since() {
        return since;
    }

    /** When an open circuit lets one through. */
    Instant until() {
        return state == State.OPEN ? until : Instant.EPOCH;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
