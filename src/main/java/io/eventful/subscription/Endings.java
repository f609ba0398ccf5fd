package io.eventful.subscription;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When subscriptions end by themselves: at a time, or after a number of events. The number is kept in memory and written
 * behind, so a crash may let through what was counted in its last moment. Thread-safe, never blocks.
 */
final class Endings {

    static final String EXPIRED = "expired";
    static final String SPENT = "max-events";
    static final Set<String> REASONS = Set.of(EXPIRED, SPENT);

    private final Clock clock;
    private final SubscriptionStore store;
    private final Map<String, AtomicLong> taken;

    Endings(Clock clock, SubscriptionStore store) {
        this.clock = clock;
        this.store = store;
        this.taken = new ConcurrentHashMap<>();
        store.taken().forEach((id, count) -> taken.put(id, new AtomicLong(count)));
    }

    /** How it has ended; empty when it has not. */
    Optional<Status> of(Subscription subscription) {
        if (expired(subscription)) return Optional.of(new Status(Status.State.DISABLED, EXPIRED));
        if (spent(subscription)) return Optional.of(new Status(Status.State.DISABLED, SPENT));
        return Optional.empty();
    }

    /** Whether it has ended and does not say so. What it took before its last event it may still deliver. */
    boolean due(Subscription subscription) {
        return switch (subscription.status().state()) {
            case ACTIVE, PAUSED -> !open(subscription);
            case PENDING -> expired(subscription);
            case DISABLED, DELETED -> false;
        };
    }

    /** Whether it takes events. */
    boolean open(Subscription subscription) {
        return !expired(subscription) && !spent(subscription);
    }

    private boolean expired(Subscription subscription) {
        Instant expires = subscription.request().config().expires();
        return expires != null && !expires.isAfter(clock.instant());
    }

    private boolean spent(Subscription subscription) {
        long most = subscription.request().config().maxEvents();
        return most > 0 && count(subscription.id()).get() >= most;
    }

    /** Counts an event; false when the subscription may get no more. */
    boolean take(Subscription subscription) {
        long most = subscription.request().config().maxEvents();
        if (most == 0) return true;
        AtomicLong count = count(subscription.id());
        long before = count.getAndUpdate(now -> Math.min(most, now + 1));
        if (before >= most) return false;
        store.takenBehind(subscription.id(), before + 1);
        return true;
    }

    void giveBack(Subscription subscription) {
        if (subscription.request().config().maxEvents() == 0) return;
        count(subscription.id()).getAndUpdate(now -> Math.max(0, now - 1));
        store.givenBackBehind(subscription.id());
    }

    /** Counts all events that a stored subscription may get: it got them elsewhere. Never blocks. */
    void spend(Subscription subscription) {
        long most = subscription.request().config().maxEvents();
        count(subscription.id()).set(most);
        store.takenBehind(subscription.id(), most);
    }

    private AtomicLong count(String id) {
        return taken.computeIfAbsent(id, fresh -> new AtomicLong());
    }

    void forget(String id) {
        taken.remove(id);
    }
}
