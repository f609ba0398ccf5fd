package io.eventful.capture;

import io.eventful.event.Activity;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts the work that may still bring a change into the ledger: calls, and what goes on when their callers have their
 * replies. Work is counted from when it is handed over to a thread, so that it is never out of sight; while it pauses it
 * is not busy, because only time can wake it.
 */
final class Undertakings implements Activity {

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger resting = new AtomicInteger();
    /** Work of which perhaps nothing ever comes, however much time passes: nobody waits for its end. */
    private final AtomicInteger endless = new AtomicInteger();

    /** Runs work on other threads. */
    Executor on(Executor threads) {
        return work -> {
            begun.incrementAndGet();
            try {
                threads.execute(() -> {
                    try {
                        work.run();
                    } finally {
                        begun.decrementAndGet();
                    }
                });
            } catch (RejectedExecutionException closing) {
                begun.decrementAndGet();
                throw closing;
            }
        };
    }

    /** Runs work on other threads of which most often nothing comes: it counts while it does something, and is not open. */
    Executor incidental(Executor threads) {
        Executor counted = on(threads);
        return work -> counted.execute(() -> {
            try (Aside unused = aside()) {
                work.run();
            }
        });
    }

    /** From now on nobody waits for a piece of work that has begun. */
    Aside aside() {
        endless.incrementAndGet();
        return endless::decrementAndGet;
    }

    /** Ends what {@link #aside} began. */
    @FunctionalInterface
    interface Aside extends AutoCloseable {
        @Override
        void close();
    }

    /** A rest of a piece of work that has begun. */
    Rest rest() {
        return new Rest();
    }

    @Override
    public boolean busy() {
        return begun.get() > resting.get();
    }

    @Override
    public int open() {
        return Math.max(0, begun.get() - endless.get());
    }

    /** A time in which a piece of work only waits for a timer. Whoever ends it first, the timer or the work, ends it. */
    final class Rest {

        private enum State {
            PLANNED,
            BEGUN,
            ENDED
        }

        private final AtomicReference<State> state = new AtomicReference<>(State.PLANNED);

        /** The timer is set: it may have rung already. */
        void begin() {
            if (state.compareAndSet(State.PLANNED, State.BEGUN)) resting.incrementAndGet();
        }

        void end() {
            if (state.getAndSet(State.ENDED) == State.BEGUN) resting.decrementAndGet();
        }
    }
}
