package io.eventful.edge;

import java.util.concurrent.atomic.AtomicLong;

/** A budget of bytes shared by all calls that hold bodies in memory. */
final class Memory {

    /** No room is left in the budget. */
    static final class ExhaustedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ExhaustedException() {
            super("eventful.edge.limits.memory is used up", null, false, false);
        }
    }

    static final Memory UNBOUNDED = new Memory(Long.MAX_VALUE);

    private final long most;
    private final AtomicLong used = new AtomicLong();

    Memory(long most) {
        this.most = most;
    }

    boolean reserve(long bytes) {
        if (most == Long.MAX_VALUE) return true;
        if (used.addAndGet(bytes) <= most) return true;
        used.addAndGet(-bytes);
        return false;
    }

    void release(long bytes) {
        if (most != Long.MAX_VALUE) used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
