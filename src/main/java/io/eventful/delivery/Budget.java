package io.eventful.delivery;

import java.util.concurrent.atomic.AtomicInteger;

/** What all subscriptions together may use of something, such as attempts under way. */
final class Budget {

    private final AtomicInteger free;

    Budget(int limit) {
        free = new AtomicInteger(limit);
    }

    /** Takes as many of {@code most} as are free. */
    int take(int most) {
        int before = free.getAndUpdate(now -> now - Math.min(now, most));
        return Math.min(before, most);
    }

    void giveBack(int count) {
        free.addAndGet(count);
    }

    int free() {
        return free.get();
    }
}
