package io.eventful.channel;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many messages are worked on at once: no more than are needed for the throughput. Where the machine is the limit,
 * more of them only take its memory and caches, and each one longer; where something else is waited for, such as a slow
 * server, more at once are done in the same time.
 *
 * <p>It tries: while all places are taken, now and then half or four times as many, for as long as it takes to do so many. If
 * half as many get nearly as much done, that is the size from then on; if four times as many get clearly more done,
 * that. Where hardly anything ends, more begin at once, so that messages that hang do not stop the others for long. Not
 * thread-safe.
 */
final class WindowSize {

    /** The first size, and the least: enough for the machine to be busy while messages come and go. */
    static final int LEAST = 64;

    private static final int GROWTH = 4;

    /** The part of the throughput that is kept by half the size, to prefer it: two such measures differ by less. */
    private static final double KEPT = 0.9;

    /** What the throughput is multiplied by with more, to prefer that. */
    private static final double GAINED = 1.25;

    /** So many of the places are taken, for so much of the time, while somebody waits for more. */
    private static final double CROWDED = 0.75;

    /** A shorter time says little about the throughput. */
    private static final long SHORTEST = Duration.ofMillis(100).toNanos();

    /** Where half of the size has not ended within this time, what is worked on waits for something. */
    private static final long STALLED = Duration.ofSeconds(1).toNanos();

    private static final long REST = Duration.ofSeconds(10).toNanos();

    /** A rest is so many times as long as the trial before it, so that trials cost little. */
    private static final int REST_FACTOR = 20;

    private final int least;
    private final int most;
    private final LongSupplier nanos;
    private int size;
    private Stage stage = new BeforeMore();
    private long begun;
    private int ended;
    private int crowded;
    private boolean idle;
    private @Nullable Refusal refusal;

    /** Somebody waits for a place since that time, and so many had ended by then. */
    private record Refusal(long at, int ended) {}

    /** What the measured time is for. */
    private sealed interface Stage {}

    /** How much gets done at the present size, before a smaller one is tried. */
    private record BeforeLess() implements Stage {}

    /** The same before a larger one is tried. */
    private record BeforeMore() implements Stage {}

    /** A new size is tried, and what gets done is still that of the size before. */
    private record Changing(int before, double rate) implements Stage {}

    /** What gets done at the size that is tried. */
    private record Trying(int before, double rate, long since) implements Stage {}

    /** Nothing is tried until a time. */
    private record Resting(long until) implements Stage {}

    /**
     * Starts with the least size.
     *
     * @param most the size is never more
     * @param nanos a clock such as {@link System#nanoTime}
     */
    WindowSize(int most, LongSupplier nanos) {
        this.most = most;
        this.least = Math.min(LEAST, most);
        this.nanos = nanos;
        this.size = least;
        this.begun = nanos.getAsLong();
    }

    int now() {
        return size;
    }

    /**
     * A message has been done with.
     *
     * @param all how many were worked on, with it
     */
    void ended(int all) {
        if (least == most) return;
        if (all <= 1 || idle) {
            // What comes after a pause is measured without it.
            idle = all <= 1;
            begin(nanos.getAsLong());
            return;
        }
        ended++;
        if (all >= size * CROWDED) crowded++;
        if (ended < size) return;
        long now = nanos.getAsLong();
        if (now - begun < SHORTEST) return;
        double rate = (double) ended / (now - begun);
        // While places are free, nobody waits for another size.
        stage = crowded < ended * CROWDED ? first() : next(rate, now);
        begin(now);
    }

    /** Somebody waits for a place. */
    void refused() {
        if (size == most) return;
        long now = nanos.getAsLong();
        Refusal known = refusal;
        if (known == null || ended - known.ended() >= size / 2) {
            refusal = new Refusal(now, ended);
        } else if (now - known.at() >= STALLED) {
            size = Math.min(size * GROWTH, most);
            stage = new Resting(now + REST);
            begin(now);
        }
    }

    private void begin(long now) {
        begun = now;
        ended = 0;
        crowded = 0;
        refusal = null;
    }

    private Stage first() {
        return size > least ? new BeforeLess() : new BeforeMore();
    }

    private Stage next(double rate, long now) {
        return switch (stage) {
            case Resting(long until) -> now < until ? stage : first();
            case BeforeLess() -> change(Math.max(size / 2, least), rate);
            case BeforeMore() -> change(Math.min(size * GROWTH, most), rate);
            case Changing(int before, double was) -> new Trying(before, was, begun);
            case Trying(int before, double was, long since)
            when size < before -> judgeLess(before, rate / was, now, now - since);
            case Trying(int before, double was, long since) -> judgeMore(before, rate / was, now, now - since);
        };
    }

    private Stage change(int wanted, double rate) {
        int before = size;
        size = wanted;
        return new Changing(before, rate);
    }

    private Stage judgeLess(int before, double kept, long now, long took) {
        if (kept >= KEPT) return size > least ? new BeforeLess() : rest(now, took);
        size = before;
        return size < most ? new BeforeMore() : rest(now, took);
    }

    private Stage judgeMore(int before, double gained, long now, long took) {
        if (gained < GAINED) size = before;
        else if (size < most) return new BeforeMore();
        return rest(now, took);
    }

    private static Stage rest(long now, long took) {
        return new Resting(now + Math.max(REST, REST_FACTOR * took));
    }
}
