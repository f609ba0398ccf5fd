package io.eventful.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** Deliveries that have ended or are recorded, so that a repeat by the broker is not sent again. Bounded. */
final class Recent {

    private final Cache<String, Boolean> ids;

    Recent(int limit) {
        ids = Caffeine.newBuilder().maximumSize(limit).executor(Runnable::run).build();
    }

    void add(String delivery) {
        ids.put(delivery, Boolean.TRUE);
    }

    boolean knows(String delivery) {
        return ids.getIfPresent(delivery) != null;
    }
}
