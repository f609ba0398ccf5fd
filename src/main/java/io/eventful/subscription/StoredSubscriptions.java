package io.eventful.subscription;

import io.eventful.event.Event;
import io.eventful.store.Database;
import io.eventful.subscription.Subscription.Secret;
import io.eventful.subscription.SubscriptionConfig.Start;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The registry: every subscription in memory for matching, and in the store for good. */
final class StoredSubscriptions implements Subscriptions {

    /** Why a subscription is pending: its sink has not agreed yet. */
    static final String CONSENT_PENDING = "consent-pending";

    private static final int MAX_SECRETS = 10;

    private final Database database;
    private final SubscriptionTable table;
    private final Identifiers identifiers;
    private final Clock clock;
    private final Positions positions;
    private final SubscriptionPolicy policy;
    private final ConcurrentSkipListMap<String, Subscription> byId = new ConcurrentSkipListMap<>();
    private final SubscriptionIndex index = new SubscriptionIndex();
    private final Listeners listeners = new Listeners();
    /** Held from reading a subscription to the notice of its change, so that notices come in the order of changes. */
    private final ReentrantLock changing = new ReentrantLock();

    StoredSubscriptions(
            Database database,
            SubscriptionTable table,
            Identifiers identifiers,
            Clock clock,
            Positions positions,
            SubscriptionPolicy policy) {
        this.database = database;
        this.table = table;
        this.identifiers = identifiers;
        this.clock = clock;
        this.positions = positions;
        this.policy = policy;
        for (Subscription subscription : database.read(table::all)) {
            live(subscription);
            bounded(subscription);
        }
    }

    @Override
    public Subscription create(SubscriptionRequest request) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        long start =
                switch (request.config().start()) {
                    case Start.Now ignored -> positions.ledgerHead();
                    case Start.Earliest ignored -> 0;
                    case Start.Position at -> Math.max(0, at.position() - 1);
                };
        Status status = policy.consent() == SubscriptionPolicy.Consent.REQUIRED
                ? new Status(Status.State.PENDING, CONSENT_PENDING)
                : Status.ACTIVE;
        Subscription subscription = new Subscription(
                identifiers.subscription(),
                request,
                status,
                List.of(new Secret(identifiers.secret(), Instant.MAX)),
                now,
                start,
                SubscriptionTable.UNKNOWN_BOUNDARY);
        durable(connection -> table.insert(connection, subscription));
        changing.lock();
        try {
            live(subscription);
            Subscription complete = bounded(subscription);
            listeners.tell("created", complete);
            return complete;
        } finally {
            changing.unlock();
        }
    }

    /**
     * Gives a live subscription its boundary. It is read after the subscription takes part in matching: what was
     * published until then is covered by catch-up and everything later by matching, so that nothing falls between.
     * Its write is not waited for: a boundary that a crash lost is made anew, further on, at the next start.
     */
    private Subscription bounded(Subscription subscription) {
        if (subscription.publicationBoundary() != SubscriptionTable.UNKNOWN_BOUNDARY) return subscription;
        Subscription bounded = subscription.withBoundary(positions.publicationHead());
        byId.replace(bounded.id(), bounded);
        write(connection -> table.update(connection, bounded));
        return bounded;
    }

    @Override
    public Optional<Subscription> replace(String id, SubscriptionRequest request) {
        return change(id, "replaced", current -> {
            boolean moved = !current.request().sink().equals(request.sink());
            Subscription changed = current.with(request);
            if (moved) changed = changed.withRateCeiling(0);
            boolean ask = moved
                    && policy.consent() == SubscriptionPolicy.Consent.REQUIRED
                    && current.status().state() == Status.State.ACTIVE;
            return ask ? changed.with(new Status(Status.State.PENDING, CONSENT_PENDING)) : changed;
        });
    }

    @Override
    public Optional<Subscription> status(String id, Status status) {
        return change(id, "status", current -> {
            boolean skipsConsent = current.status().state() == Status.State.PENDING
                    && status.state() == Status.State.ACTIVE;
            return skipsConsent ? current : current.with(status);
        });
    }

    /** The sink agreed: the rate (per minute, 0 for any) is a ceiling, and a pending subscription becomes active. */
    Optional<Subscription> consented(String id, int ratePerMinute) {
        return change(id, "consented", current -> {
            Subscription changed = current.withRateCeiling(ratePerMinute);
            return current.status().state() == Status.State.PENDING ? changed.with(Status.ACTIVE) : changed;
        });
    }

    @Override
    public Optional<Subscription> rotate(String id) {
        return change(id, "rotated", current -> {
            Instant now = Instant.ofEpochMilli(clock.millis());
            Instant end = now.plus(policy.secretOverlap());
            List<Secret> secrets = new ArrayList<>();
            secrets.add(new Secret(identifiers.secret(), Instant.MAX));
            for (Secret old : current.secrets()) {
                Instant expires = old.expires().isAfter(end) ? end : old.expires();
                if (expires.isAfter(now) && secrets.size() < MAX_SECRETS) secrets.add(new Secret(old.text(), expires));
            }
            return current.with(secrets);
        });
    }

    @Override
    public boolean delete(String id) {
        changing.lock();
        try {
            Subscription current = byId.get(id);
            if (current == null) return false;
            durable(connection -> table.delete(connection, id));
            byId.remove(id);
            index.remove(id);
            Subscription deleted = current.with(new Status(Status.State.DELETED, "deleted"));
            listeners.tell("deleted", deleted);
            return true;
        } finally {
            changing.unlock();
        }
    }

    @Override
    public Optional<Subscription> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public List<Subscription> list(String after, int limit) {
        return byId.tailMap(after, false).values().stream().limit(limit).toList();
    }

    @Override
    public List<Subscription> matching(String channel, Event event) {
        EventView view = new EventView(event);
        long position = event.position();
        Map<String, Subscription> matching = new LinkedHashMap<>();
        index.find(channel, view, id -> {
            Subscription subscription = byId.get(id);
            if (subscription != null
                    && !subscription.predates(position)
                    && subscription.request().config().covers(channel)
                    && subscription.request().wants(view)) matching.put(id, subscription);
        });
        return List.copyOf(matching.values());
    }

    @Override
    public AutoCloseable listen(Consumer<Subscription> listener) {
        return listeners.add(listener);
    }

    private Optional<Subscription> change(String id, String what, UnaryOperator<Subscription> operator) {
        changing.lock();
        try {
            Subscription current = byId.get(id);
            if (current == null) return Optional.empty();
            Subscription changed = operator.apply(current);
            if (changed.equals(current)) return Optional.of(current);
            boolean rotated = !changed.secrets().equals(current.secrets());
            durable(connection -> {
                table.update(connection, changed);
                if (rotated) table.replaceSecrets(connection, changed);
            });
            live(changed);
            listeners.tell(what, changed);
            return Optional.of(changed);
        } finally {
            changing.unlock();
        }
    }

    private void live(Subscription subscription) {
        byId.put(subscription.id(), subscription);
        index.put(subscription.id(), subscription.request());
    }

    /** A write that gives nothing back. */
    @FunctionalInterface
    private interface Change {
        void apply(Connection connection) throws SQLException;
    }

    private CompletableFuture<Boolean> write(Change change) {
        return database.write(connection -> {
            change.apply(connection);
            return true;
        });
    }

    private void durable(Change change) {
        try {
            write(change).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }
}
