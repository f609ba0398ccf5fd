package io.eventful.delivery;

import io.eventful.subscription.Subscription;
import io.eventful.subscription.SubscriptionConfig.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** The lanes of all subscriptions, and what they share. */
final class Lanes {

    /** How long a lane that was given nothing counts as in use. */
    private static final Duration IN_USE = Duration.ofSeconds(10);

    /** Looking at all lanes costs time: many flights are overdue at once. */
    private static final Duration DEMAND_HOLDS = Duration.ofMillis(20);

    private final DeliverySettings settings;
    private final Budget budget;
    private final Budget memory;
    private final ConcurrentMap<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Set<String> caughtUp = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, CompletableFuture<Void>> flying = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CompletableFuture<Void>> admitting = new ConcurrentHashMap<>();
    private final AtomicLong places = new AtomicLong();
    private volatile Demand demand = new Demand(Instant.EPOCH, false);

    Lanes(DeliverySettings settings) {
        this.settings = settings;
        this.budget = new Budget(settings.limits().inFlight());
        this.memory = new Budget((int) settings.limits().queuedMemory().toBytes());
    }

    /** The lane of a subscription; one that begins in the past catches up first. */
    Lane of(Subscription subscription) {
        Lane lane = lanes.get(subscription.id());
        return lane != null ? lane : lanes.computeIfAbsent(subscription.id(), id -> create(subscription));
    }

    private Lane create(Subscription subscription) {
        Lane lane = new Lane(subscription, settings, budget, memory);
        boolean late = !(subscription.request().config().start() instanceof Start.Now);
        if (late && !caughtUp.contains(subscription.id())) lane.catchUp();
        return lane;
    }

    /** How many subscriptions' circuits are in a state. */
    long circuits(Breaker.State state) {
        return lanes.values().stream()
                .filter(lane -> lane.gate(Gate::circuit) == state)
                .count();
    }

    /** Whether a lane that is in use could take more than it is given, as of a moment ago. */
    boolean anyCouldTakeMore(Instant now) {
        Demand known = demand;
        if (known.at().plus(DEMAND_HOLDS).isBefore(now) || known.at().isAfter(now)) {
            Instant since = now.minus(IN_USE);
            known = new Demand(now, lanes.values().stream().anyMatch(lane -> lane.couldTakeMore(since, now)));
            demand = known;
        }
        return known.any();
    }

    private record Demand(Instant at, boolean any) {}

    /** Attempts under way to all subscriptions. */
    int inFlight() {
        return settings.limits().inFlight() - budget.free();
    }

    Optional<Lane> find(String subscription) {
        return Optional.ofNullable(lanes.get(subscription));
    }

    Collection<Lane> all() {
        return lanes.values();
    }

    void remove(String subscription) {
        lanes.remove(subscription);
        caughtUp.remove(subscription);
    }

    /** The catch-up of a subscription has come to its end. */
    void caughtUp(String subscription) {
        caughtUp.add(subscription);
        find(subscription).ifPresent(Lane::caughtUp);
    }

    /** Deliveries whose attempt runs; the future completes when their outcome is settled. */
    ConcurrentMap<String, CompletableFuture<Void>> flying() {
        return flying;
    }

    /** Deliveries of events that are not acknowledged yet; the future completes when they may be. */
    ConcurrentMap<String, CompletableFuture<Void>> admitting() {
        return admitting;
    }

    /** A place behind all those given before. */
    long place() {
        return places.incrementAndGet();
    }

    /** No place up to this one is given again. */
    void placesFrom(long highest) {
        places.accumulateAndGet(highest, Math::max);
    }
}
