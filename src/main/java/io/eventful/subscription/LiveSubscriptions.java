package io.eventful.subscription;

import io.eventful.event.Event;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Every subscription in memory: by id, by name, and by what it wants. Reads run beside a write; writes take turns. */
final class LiveSubscriptions {

    private final ConcurrentSkipListMap<String, Subscription> byId = new ConcurrentSkipListMap<>();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final SubscriptionIndex index = new SubscriptionIndex();

    /** Adds a subscription, or puts it in the place of the one of its id. */
    void put(Subscription subscription) {
        Subscription before = byId.put(subscription.id(), subscription);
        String old = before == null ? null : name(before);
        String name = name(subscription);
        if (old != null && !old.equals(name)) names.remove(old, subscription.id());
        if (name != null) names.put(name, subscription.id());
        index.put(subscription.id(), subscription.request());
    }

    /** Puts in a new form that has the same name and wants the same. */
    void refresh(Subscription subscription) {
        byId.replace(subscription.id(), subscription);
    }

    void remove(Subscription subscription) {
        byId.remove(subscription.id());
        String name = name(subscription);
        if (name != null) names.remove(name, subscription.id());
        index.remove(subscription.id());
    }

    @Nullable
    Subscription get(String id) {
        return byId.get(id);
    }

    /** The subscription of a name. */
    Optional<Subscription> named(String name) {
        return Optional.ofNullable(names.get(name)).map(byId::get);
    }

    Collection<Subscription> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /** Those that are wanted, by id, after a cursor (exclusive; empty: from the start). */
    List<Subscription> list(String after, int limit, Predicate<Subscription> wanted) {
        return byId.tailMap(after, false).values().stream()
                .filter(wanted)
                .limit(limit)
                .toList();
    }

    /** Those that want an event of a channel and are open to events. */
    List<Subscription> matching(String channel, Event event, Predicate<Subscription> open) {
        EventView view = new EventView(event);
        long position = event.position();
        Map<String, Subscription> matching = new LinkedHashMap<>();
        index.find(channel, view, id -> {
            Subscription subscription = byId.get(id);
            if (subscription != null
                    && !subscription.predates(position)
                    && open.test(subscription)
                    && subscription.request().config().covers(channel)
                    && subscription.request().wants(view)) matching.put(id, subscription);
        });
        return List.copyOf(matching.values());
    }

    /** @throws InvalidSubscriptionException when another one has the subscription's name */
    void refuseTakenName(Subscription subscription) {
        String name = name(subscription);
        String holder = name == null ? null : names.get(name);
        if (holder != null && !holder.equals(subscription.id()))
            throw new InvalidSubscriptionException(List.of(taken(holder)));
    }

    static RequestProblem taken(String holder) {
        return new RequestProblem(
                "/config/name",
                "is already the name of " + holder,
                "Choose another name, or update that subscription.");
    }

    private static @Nullable String name(Subscription subscription) {
        return subscription.request().config().name();
    }
}
