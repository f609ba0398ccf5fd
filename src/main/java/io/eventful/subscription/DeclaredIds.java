package io.eventful.subscription;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Ids of the subscriptions that a file declares. */
final class DeclaredIds {

    private final SubscriptionStore store;
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final ReentrantLock changing;

    /** @param changing held while a subscription changes or is deleted */
    DeclaredIds(SubscriptionStore store, ReentrantLock changing) {
        this.store = store;
        this.changing = changing;
        this.ids.addAll(store.declared());
    }

    boolean contains(String id) {
        return ids.contains(id);
    }

    /** In the store first: one that it refuses is added at the next reading of the file. */
    void add(String id) {
        changing.lock();
        try {
            if (ids.contains(id)) return;
            store.declare(id);
            ids.add(id);
        } finally {
            changing.unlock();
        }
    }

    /** Its row goes with the subscription. */
    void remove(String id) {
        ids.remove(id);
    }
}
