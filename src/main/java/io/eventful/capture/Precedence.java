package io.eventful.capture;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Gives the processors to callers first. While they are busy and many captured calls are under way, each relay takes a
 * small number of changes at a time with a pause behind them; what it leaves waits in the ledger and follows as soon as
 * the burst is over. So events go on to flow in a burst, at this pace. A relay that is {@code eventful.capture.relay.lag}
 * changes behind no longer gives way: what waits is bounded, and callers then get what the relays leave.
 */
final class Precedence {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    /** Calls under way from which callers have precedence: more than the processors can be at work on. */
    private static final int MANY = 8 * PROCESSORS;
    /** Changes that a relay takes between two pauses: some 5 % of what the processors could do. */
    private static final int SHARE = 16 * PROCESSORS;

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Pauses pauses;
    private final BooleanSupplier busy;
    private final int lagLimit;
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * What decides.
     *
     * @param busy whether the processors are; asked only while many calls are under way
     * @param lagLimit how many changes a relay may be behind and still give way
     */
    Precedence(Pauses pauses, BooleanSupplier busy, int lagLimit) {
        this.pauses = pauses;
        this.busy = busy;
        this.lagLimit = lagLimit;
    }

    /** A call that counts while it runs. */
    Runnable counted(Runnable call) {
        return () -> {
            enter();
            try {
                call.run();
            } finally {
                leave();
            }
        };
    }

    /** A call is under way, until {@link #leave}. */
    void enter() {
        underWay.incrementAndGet();
    }

    void leave() {
        underWay.decrementAndGet();
    }

    /** How many of so many changes may be taken now, by a relay that is so many behind. */
    int share(int wanted, long lag) {
        return wanted > SHARE && callersFirst(lag) ? SHARE : wanted;
    }

    /** Lets the callers go first, if there are many. */
    void giveWay(long lag) throws InterruptedException {
        if (callersFirst(lag)) pauses.pause(PAUSE);
    }

    private boolean callersFirst(long lag) {
        return underWay.get() > MANY && lag < lagLimit && busy.getAsBoolean();
    }
}
