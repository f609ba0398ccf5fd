package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Event;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The registry: a change of a subscription goes to the store for good, then into memory, then to who listens. */
final class StoredSubscriptions implements Subscriptions {

    private final SubscriptionStore store;
    private final Identifiers identifiers;
    private final Clock clock;
    private final Positions positions;
    private final LiveSubscriptions live = new LiveSubscriptions();
    private final DeclaredIds declared;
    private final Listeners listeners = new Listeners();
    private final Endings endings;
    private final Activation activation;
    private final Secrets secrets;
    /**
     * Held from reading a subscription until its listeners know of the change, so that they hear of changes in their
     * order.
     */
    private final ReentrantLock changing = new ReentrantLock();

    StoredSubscriptions(
            SubscriptionStore store,
            Identifiers identifiers,
            Clock clock,
            Positions positions,
            SubscriptionPolicy policy) {
        this.store = store;
        this.identifiers = identifiers;
        this.clock = clock;
        this.positions = positions;
        this.endings = new Endings(clock, store);
        this.activation = new Activation(policy.consent(), endings);
        this.secrets = new Secrets(identifiers, clock, policy.secretOverlap());
        this.declared = new DeclaredIds(store, changing);
        for (Subscription subscription : store.all()) {
            live.put(subscription);
            bounded(subscription);
            change(subscription.id(), "restored", activation::restored);
        }
    }

    @Override
    public Subscription create(SubscriptionRequest request, Status wanted) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        Subscription draft = new Subscription(
                identifiers.subscription(),
                request,
                Status.ACTIVE,
                secrets.first(request),
                now,
                request.config().start().after(positions::ledgerHead),
                SubscriptionTable.UNKNOWN_BOUNDARY);
        Subscription subscription = activation.begun(draft, wanted);
        changing.lock();
        try {
            live.refuseTakenName(subscription);
            store.insert(subscription);
            if (wanted.reason().equals(Endings.SPENT)) endings.spend(subscription);
            live.put(subscription);
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
        live.refresh(bounded);
        store.updateBehind(bounded);
        return bounded;
    }

    @Override
    public Optional<Subscription> replace(String id, SubscriptionRequest request) {
        return change(id, "replaced", current -> {
            Subscription changed = current.with(request.replacing(current.request()));
            live.refuseTakenName(changed);
            changed = changed.with(secrets.changed(current, request));
            return activation.replaced(current, changed);
        });
    }

    @Override
    public Optional<Subscription> status(String id, Status status) {
        return change(id, "status", current -> current.with(activation.allowed(current, status)));
    }

    /**
     * A sink agreed: a pending subscription becomes active. Without effect, and empty, when the subscription has another
     * sink by now.
     */
    Optional<Subscription> consented(String id, Subscription.Consent consent) {
        return change(id, "consented", current -> {
                    if (!current.request().sink().equals(consent.sink())) return current;
                    Subscription changed = current.with(consent);
                    return current.status().state() == Status.State.PENDING
                            ? changed.with(activation.allowed(changed, Status.ACTIVE))
                            : changed;
                })
                .filter(Subscription::consented);
    }

    /** Notes why a sink has not agreed; empty when the subscription is not pending, or has another sink by now. */
    Optional<Subscription> unconsented(String id, URI sink, String reason) {
        Status pending = new Status(Status.State.PENDING, reason);
        return change(
                        id,
                        "unconsented",
                        current -> current.status().state() == Status.State.PENDING
                                        && current.request().sink().equals(sink)
                                ? current.with(pending)
                                : current)
                .filter(now -> now.status().equals(pending));
    }

    @Override
    public Optional<Subscription> renew(String id, JsonNode before, JsonNode after) {
        return change(id, "renewed", current -> current.renewed(before, after));
    }

    @Override
    public Optional<Subscription> rotate(String id) {
        return change(id, "rotated", current -> current.with(secrets.rotated(current)));
    }

    @Override
    public boolean delete(String id) {
        changing.lock();
        try {
            Subscription current = live.get(id);
            if (current == null) return false;
            store.delete(id);
            live.remove(current);
            endings.forget(id);
            declared.remove(id);
            listeners.tell("deleted", current.with(new Status(Status.State.DELETED, "deleted")));
            return true;
        } finally {
            changing.unlock();
        }
    }

    @Override
    public Optional<Subscription> find(String id) {
        return Optional.ofNullable(live.get(id));
    }

    @Override
    public List<Subscription> list(String after, int limit, Predicate<Subscription> wanted) {
        return live.list(after, limit, wanted);
    }

    @Override
    public List<Subscription> matching(String channel, Event event) {
        return live.matching(channel, event, endings::open);
    }

    @Override
    public boolean declared(String id) {
        return declared.contains(id);
    }

    /** Notes that a file declares it. */
    void declare(String id) {
        declared.add(id);
    }

    @Override
    public Optional<Status> ended(Subscription subscription) {
        return endings.of(subscription);
    }

    @Override
    public boolean mayCall(Subscription subscription) {
        return activation.mayCall(subscription);
    }

    @Override
    public boolean take(Subscription subscription) {
        return endings.take(subscription);
    }

    @Override
    public void giveBack(Subscription subscription) {
        endings.giveBack(subscription);
    }

    /** Subscriptions that have ended, though nobody has been told. */
    List<Subscription> overdue() {
        return live.all().stream().filter(endings::due).toList();
    }

    /** Ends a subscription whose time or number of events is up; otherwise without effect. */
    void end(String id) {
        change(id, "ended", current -> endings.due(current) ? activation.activated(current) : current);
    }

    @Override
    public Optional<Subscription> named(String name) {
        return live.named(name);
    }

    @Override
    public AutoCloseable listen(Consumer<Subscription> listener) {
        return listeners.add(listener);
    }

    private Optional<Subscription> change(String id, String what, UnaryOperator<Subscription> operator) {
        changing.lock();
        try {
            Subscription current = live.get(id);
            if (current == null) return Optional.empty();
            Subscription changed = operator.apply(current);
            if (changed.equals(current)) return Optional.of(current);
            if (changed.secrets().equals(current.secrets())) store.update(changed);
            else store.updateWithSecrets(changed);
            live.put(changed);
            listeners.tell(what, changed);
            return Optional.of(changed);
        } finally {
            changing.unlock();
        }
    }
}
