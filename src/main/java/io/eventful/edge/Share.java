package io.eventful.edge;

/** What one body holds of a budget that it shares with others. Belongs to one event loop. */
final class Share {

    private final Memory memory;
    private long taken;

    Share(Memory memory) {
        this.memory = memory;
    }

    /** Takes more; false, without effect, when the budget has no room. */
    boolean take(int bytes) {
        if (!memory.reserve(bytes)) return false;
        taken += bytes;
        return true;
    }

    /** Gives all of it back. */
    void release() {
        memory.release(taken);
        taken = 0;
    }
}
