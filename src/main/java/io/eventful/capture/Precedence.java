package io.eventful.capture;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives the processors to callers first. While many captured calls are under way, each relay takes a bounded number of
 * changes at a time with a pause behind them; what it leaves waits in the ledger and follows as soon as the burst is
 * over. So events go on to flow in a burst that never ends, at this pace.
 */
final class Precedence {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    /** Calls under way from which callers have precedence: more than the processors can be at work on. */
    private static final int MANY = 8 * PROCESSORS;
    /** Changes that a relay takes between two pauses. */
    private static final int SHARE = 32 * PROCESSORS;

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Pauses pauses;
    private final AtomicInteger underWay = new AtomicInteger();

    Precedence(Pauses pauses) {
        this.pauses = pauses;
    }

    /** A call that counts while it runs. */
    Runnable counted(Runnable call) {
        return () -> {
            underWay.incrementAndGet();
            try {
                call.run();
            } finally {
                underWay.decrementAndGet();
            }
        };
    }

    /** How many of so many changes may be taken now. */
    int share(int wanted) {
        return hasCallers() ? Math.min(wanted, SHARE) : wanted;
    }

    /** Lets the callers go first, if there are many. */
    void giveWay() throws InterruptedException {
        if (hasCallers()) pauses.pause(PAUSE);
    }

    private boolean hasCallers() {
        return underWay.get() > MANY;
    }
}
