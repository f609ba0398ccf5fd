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

        /** Sets what is held by a call that was not sent yet, within the limit; false when there is no room, and nothing changes. */
        boolean fits(long bytes) {
            long before = held.get();
            long more = Math.min(bytes, limit) - before;
            if (more > 0) {
                long all;
                do {
                    all = used.get();
                    if (all + more > limit) return false;
                } while (!used.compareAndSet(all, all + more));
                held.addAndGet(more);
            } else hold(bytes);
            return true;
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
