package io.eventful.edge;

/** The part of the shared memory budget that one body has reserved. Confined to one event loop. */
final class MemoryReservation {

    private final Memory memory;
    private long taken;

    MemoryReservation(Memory memory) {
        this.memory = memory;
    }

    /** Reserves more; returns false, without effect, if the budget is exhausted. */
    boolean take(int bytes) {
        if (!memory.reserve(bytes)) return false;
        taken += bytes;
        return true;
    }

    /** Releases the whole reservation. */
    void release() {
        memory.release(taken);
        taken = 0;
    }
}
