package io.eventful.subscription;

import io.eventful.event.Event;
import io.eventful.subscription.Subscription.Secret;
import io.eventful.subscription.SubscriptionConfig.Start;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The registry: every subscription in memory for matching, and in the store for good. */
final class StoredSubscriptions implements Subscriptions {

    /** Why a subscription is pending: its sink has not agreed yet. */
    static final String CONSENT_PENDING = "consent-pending";

    /** Old secrets that may sign beside the current ones; the oldest of more end at once. */
    private static final int MAX_OLD_SECRETS = 10;

    private final SubscriptionStore store;
    private final Identifiers identifiers;
    private final Clock clock;
    private final Positions positions;
    private final SubscriptionPolicy policy;
    private final ConcurrentSkipListMap<String, Subscription> byId = new ConcurrentSkipListMap<>();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Set<String> declared = ConcurrentHashMap.newKeySet();
    private final SubscriptionIndex index = new SubscriptionIndex();
    private final Listeners listeners = new Listeners();
    private final Endings endings;
    /** Held from reading a subscription to the notice of its change, so that notices come in the order of changes. */
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
        this.policy = policy;
        this.endings = new Endings(clock, store);
        this.declared.addAll(store.declared());
        for (Subscription subscription : store.all()) {
            live(subscription);
            bounded(subscription);
        }
    }

    @Override
    public Subscription create(SubscriptionRequest request) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        long start = switch (request.config().start()) {
            case Start.Now ignored -> positions.ledgerHead();
            case Start.Earliest ignored -> 0;
            case Start.Position at -> Math.max(0, at.position() - 1);
        };
        Subscription draft = new Subscription(
                identifiers.subscription(),
                request,
                Status.ACTIVE,
                secrets(request, List.of()),
                now,
                start,
                SubscriptionTable.UNKNOWN_BOUNDARY);
        Subscription subscription = draft.with(allowed(draft, Status.ACTIVE));
        changing.lock();
        try {
            unique(subscription);
            store.insert(subscription);
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
        store.updateBehind(bounded);
        return bounded;
    }

    /** Those there are, after one for each scheme that is asked for and has none yet. */
    private List<Secret> secrets(SubscriptionRequest request, List<Secret> present) {
        List<Secret> secrets = new ArrayList<>();
        for (SignatureScheme scheme : new TreeSet<>(request.config().signatures()))
            if (present.stream().noneMatch(secret -> secret.scheme() == scheme && !expires(secret)))
                secrets.add(new Secret(identifiers.secret(scheme), Instant.MAX));
        secrets.addAll(present);
        return secrets;
    }

    private static boolean expires(Secret secret) {
        return !secret.expires().equals(Instant.MAX);
    }

    @Override
    public Optional<Subscription> replace(String id, SubscriptionRequest request) {
        return change(id, "replaced", current -> {
            Subscription changed = current.with(request);
            unique(changed);
            changed = changed.with(secrets(request, current.secrets()));
            boolean ended = Endings.REASONS.contains(current.status().reason());
            return ended || current.status().state() == Status.State.ACTIVE
                    ? changed.with(allowed(changed, Status.ACTIVE))
                    : changed;
        });
    }

    @Override
    public Optional<Subscription> status(String id, Status status) {
        return change(id, "status", current -> current.with(allowed(current, status)));
    }

    /** What has ended stays so; where consent is required, nothing but the consent of the present sink makes a subscription active. */
    private Status allowed(Subscription subscription, Status wanted) {
        if (wanted.state() == Status.State.ACTIVE) {
            Status ended = endings.of(subscription).orElse(null);
            if (ended != null) return ended;
        }
        boolean lacksConsent = policy.consent() == SubscriptionPolicy.Consent.REQUIRED && !subscription.consented();
        return lacksConsent && wanted.state() == Status.State.ACTIVE
                ? new Status(Status.State.PENDING, CONSENT_PENDING)
                : wanted;
    }

    /**
     * A sink agreed: a pending subscription becomes active. Without effect, and empty, when the subscription has another
     * sink by now.
     */
    Optional<Subscription> consented(String id, Subscription.Consent consent) {
        return change(id, "consented", current -> {
                    if (!current.request().sink().equals(consent.sink())) return current;
                    Subscription changed = current.with(consent);
                    return current.status().state() == Status.State.PENDING ? changed.with(Status.ACTIVE) : changed;
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
    public Optional<Subscription> rotate(String id) {
        return change(id, "rotated", current -> {
            Instant now = Instant.ofEpochMilli(clock.millis());
            Instant end = now.plus(policy.secretOverlap());
            List<Secret> olds = new ArrayList<>();
            for (Secret old : current.secrets()) {
                Instant expires = old.expires().isAfter(end) ? end : old.expires();
                if (expires.isAfter(now) && olds.size() < MAX_OLD_SECRETS) olds.add(new Secret(old.text(), expires));
            }
            return current.with(secrets(current.request(), olds));
        });
    }

    @Override
    public boolean delete(String id) {
        changing.lock();
        try {
            Subscription current = byId.get(id);
            if (current == null) return false;
            store.delete(id);
            byId.remove(id);
            String name = current.request().config().name();
            if (name != null) names.remove(name, id);
            index.remove(id);
            endings.forget(id);
            declared.remove(id);
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
    public List<Subscription> list(String after, int limit, Predicate<Subscription> wanted) {
        return byId.tailMap(after, false).values().stream()
                .filter(wanted)
                .limit(limit)
                .toList();
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
                    && endings.open(subscription)
                    && subscription.request().config().covers(channel)
                    && subscription.request().wants(view)) matching.put(id, subscription);
        });
        return List.copyOf(matching.values());
    }

    @Override
    public boolean declared(String id) {
        return declared.contains(id);
    }

    /** Notes that a file declares it. */
    void declare(String id) {
        if (declared.add(id)) store.declare(id);
    }

    @Override
    public boolean take(Subscription subscription) {
        return endings.take(subscription);
    }

    /** Subscriptions that should be active no more, though they still are. */
    List<Subscription> overdue() {
        return byId.values().stream()
                .filter(subscription -> subscription.status().state() == Status.State.ACTIVE)
                .filter(subscription -> endings.of(subscription).isPresent())
                .toList();
    }

    boolean expired(Subscription subscription) {
        return endings.of(subscription)
                .filter(ended -> ended.reason().equals(Endings.EXPIRED))
                .isPresent();
    }

    /** Ends a subscription whose time or number of events is up; otherwise without effect. */
    void end(String id) {
        change(
                id,
                "ended",
                current -> current.status().state() == Status.State.ACTIVE
                        ? current.with(allowed(current, Status.ACTIVE))
                        : current);
    }

    /** The subscription of a name. */
    Optional<Subscription> named(String name) {
        return Optional.ofNullable(names.get(name)).map(byId::get);
    }

    @Override
    public AutoCloseable listen(Consumer<Subscription> listener) {
        return listeners.add(listener);
    }

    /** @throws InvalidSubscriptionException when another one has its name */
    private void unique(Subscription subscription) {
        String name = subscription.request().config().name();
        String holder = name == null ? null : names.get(name);
        if (holder != null && !holder.equals(subscription.id()))
            throw new InvalidSubscriptionException(List.of(new RequestProblem(
                    "/config/name", "is the name of " + holder + " already", "Choose another, or change that one.")));
    }

    private Optional<Subscription> change(String id, String what, UnaryOperator<Subscription> operator) {
        changing.lock();
        try {
            Subscription current = byId.get(id);
            if (current == null) return Optional.empty();
            Subscription changed = operator.apply(current);
            if (changed.equals(current)) return Optional.of(current);
            if (changed.secrets().equals(current.secrets())) store.update(changed);
            else store.updateWithSecrets(changed);
            live(changed);
            listeners.tell(what, changed);
            return Optional.of(changed);
        } finally {
            changing.unlock();
        }
    }

    private void live(Subscription subscription) {
        Subscription before = byId.put(subscription.id(), subscription);
        String old = before == null ? null : before.request().config().name();
        String name = subscription.request().config().name();
        if (old != null && !old.equals(name)) names.remove(old, subscription.id());
        if (name != null) names.put(name, subscription.id());
        index.put(subscription.id(), subscription.request());
    }
}
