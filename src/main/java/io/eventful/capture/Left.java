package io.eventful.capture;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The calls that an earlier run left open on one item, the oldest first: numbers only. Used by one thread at a time. */
final class Left {

    private final Turn turn;
    private long[] intents = new long[1];
    private int count;
    private int settled;
    private @Nullable Instant oldStateSeen;

    Left(Turn turn) {
        this.turn = turn;
    }

    /** Held until all are settled. */
    Turn turn() {
        return turn;
    }

    void add(long intent) {
        if (count == intents.length) intents = Arrays.copyOf(intents, count * 2);
        intents[count++] = intent;
    }

    /** Whether one is open still. */
    boolean open() {
        return settled < count;
    }

    /** The oldest that is open. */
    long next() {
        return intents[settled];
    }

    /** The oldest is settled. */
    void settled() {
        settled++;
        oldStateSeen = null;
    }

    /** When the item was seen as it was before the oldest open call; null when it was not. */
    @Nullable
    Instant oldStateSeen() {
        return oldStateSeen;
    }

    void oldStateSeen(Instant now) {
        oldStateSeen = now;
    }
}
