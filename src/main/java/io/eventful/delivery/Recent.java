package io.eventful.delivery;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Deliveries that have ended or are recorded, so that a repeat by the broker is not sent again. Knows at least the
 * latest half of its limit, at most its limit. Thread-safe.
 */
final class Recent {

    private final int half;
    private final AtomicInteger added = new AtomicInteger();
    private volatile Set<String> young = ConcurrentHashMap.newKeySet();
    private volatile Set<String> old = Set.of();

    Recent(int limit) {
        half = Math.max(1, limit / 2);
    }

    void add(String delivery) {
        if (!young.add(delivery) || added.incrementAndGet() < half) return;
        synchronized (this) {
            if (added.get() < half) return;
            old = young;
            young = ConcurrentHashMap.newKeySet();
            added.set(0);
        }
    }

    boolean knows(String delivery) {
        return young.contains(delivery) || old.contains(delivery);
    }
}
