package io.eventful.delivery;

import io.eventful.subscription.Progress;
import io.eventful.subscription.Subscription;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When attempts to one endpoint may start: its pause, its circuit breaker and its rate. Guarded by its lane. */
final class Gate {

    private final Pace pace = new Pace();
    private final Breaker breaker;
    private Instant pausedUntil = Instant.EPOCH;
    private int releaseRate;
    private boolean ended;

    Gate(Subscription subscription, BreakerSettings settings, Duration longestDelay) {
        breaker = new Breaker(settings, longestDelay);
        limits(subscription);
    }

    void limits(Subscription subscription) {
        int wish = subscription.request().config().rateLimit();
        boolean slower = releaseRate > 0 && (wish == 0 || releaseRate < wish);
        pace.limits(slower ? releaseRate : wish, subscription.rateCeiling());
    }

    /** Sets how many may go per second while what was held is released; 0 for as many as else. */
    void release(int perSecond, Subscription subscription) {
        releaseRate = perSecond;
        limits(subscription);
    }

    /** The gateway ends: nothing may start any more. */
    void end() {
        ended = true;
    }

    boolean ended() {
        return ended;
    }

    /** Whether nothing may start now, whatever the rate. */
    boolean shut(Instant now) {
        return ended || pausedUntil.isAfter(now) || breaker.permits(1, now) == 0;
    }

    boolean ready(Instant now) {
        return !shut(now) && pace.ready(now);
    }

    /** Whether it lets through whatever comes, for now. */
    boolean wide(Instant now) {
        return !ended && !pausedUntil.isAfter(now) && breaker.state() == Breaker.State.CLOSED && pace.unlimited();
    }

    /** Takes as many of {@code most} as may start now. */
    int take(int most, Instant now) {
        if (ended || pausedUntil.isAfter(now)) return 0;
        int taken = pace.take(breaker.permits(most, now), now);
        if (taken > 0) breaker.started();
        return taken;
    }

    /** So many of those taken did not start. */
    void giveBack(int count) {
        if (count == 0) return;
        pace.giveBack(count);
        breaker.unused();
    }

    /** When to look again. */
    Instant opens(Instant now) {
        if (pausedUntil.isAfter(now)) return pausedUntil;
        return breaker.until().isAfter(now) ? breaker.until() : pace.next();
    }

    void pauseUntil(Instant until) {
        if (until.isAfter(pausedUntil)) pausedUntil = until;
    }

    Breaker.Change outcome(Verdict verdict, Instant now) {
        return switch (verdict) {
            case Verdict.Delivered ignored -> breaker.succeeded();
            case Verdict.DeliveredLast ignored -> breaker.succeeded();
            case Verdict.Retry ignored -> breaker.failed(now);
            case Verdict.Dead ignored -> breaker.succeeded();
            case Verdict.Disable ignored -> answered();
            case Verdict.Pause pause -> {
                pauseUntil(pause.until());
                yield answered();
            }
        };
    }

    private Breaker.Change answered() {
        breaker.answered();
        return Breaker.Change.NONE;
    }

    /** The owner says that the endpoint is well again. */
    void reset() {
        breaker.reset();
    }

    /** The owner asks for an attempt now: a pause that the endpoint asked for ends, and an open circuit tries one. */
    Breaker.State tryNow() {
        pausedUntil = Instant.EPOCH;
        breaker.probeNow();
        return breaker.state();
    }

    /** The subscription has another endpoint: what is known of the former one, and its pause, are forgotten. */
    void moved() {
        pausedUntil = Instant.EPOCH;
        breaker.reset();
    }

    void restore(Instant paused, @Nullable Instant failingSince) {
        pausedUntil = paused;
        breaker.restore(failingSince);
    }

    @Nullable
    Instant failingSince() {
        return breaker.since();
    }

    Breaker.State circuit() {
        return breaker.state();
    }

    /** When the next probe goes; null while one is due or under way. */
    private @Nullable Instant probe() {
        return breaker.state() == Breaker.State.OPEN ? breaker.until() : null;
    }

    /** How the endpoint is; null when it is well. */
    Progress.@Nullable Endpoint condition(Instant now) {
        if (breaker.state() != Breaker.State.CLOSED)
            return new Progress.Endpoint("circuit-open", breaker.failures(), breaker.since(), probe());
        if (pausedUntil.isAfter(now))
            return new Progress.Endpoint("retry-after", breaker.failures(), breaker.since(), pausedUntil);
        return breaker.failures() == 0
                ? null
                : new Progress.Endpoint("failing", breaker.failures(), breaker.since(), null);
    }
}
