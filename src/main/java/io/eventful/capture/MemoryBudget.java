package io.eventful.capture;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that captured calls hold, so that waiting writes cannot use up the heap. */
final class MemoryBudget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** A share of the budget; empty when it is used up. A single share is never larger than the whole budget. */
    Optional<Share> take(long bytes) {
        long wanted = Math.min(bytes, limit);
        long before;
        do {
            before = used.get();
            if (before + wanted > limit) return Optional.empty();
        } while (!used.compareAndSet(before, before + wanted));
        return Optional.of(new Share(wanted));
    }

    /** Bytes in use now. */
    long used() {
        return used.get();
    }

    /** What one call holds. */
    final class Share implements AutoCloseable {

        private final AtomicLong held;

        private Share(long bytes) {
            held = new AtomicLong(bytes);
        }

        /** Sets what is held. A call that was sent must end, so it may go over the limit; others then wait outside. */
        void hold(long bytes) {
            used.addAndGet(bytes - held.getAndSet(bytes));
        }

        /** As much again, for what outlives the call: it may go over the limit for the same reason. */
        Share again() {
            Share share = new Share(0);
            share.hold(held.get());
            return share;
        }

        @Override
        public void close() {
            hold(0);
        }
    }
}
