package io.eventful.receive;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many bytes of bodies are made into documents at a time. Waiters are served in order. */
final class Budget {

    private static final int UNIT = 1024;

    private final int units;
    private final Semaphore free;
    private final Duration patience;

    Budget(long bytes, Duration patience) {
        this.units = (int) Math.min(Integer.MAX_VALUE, bytes / UNIT);
        this.free = new Semaphore(units, true);
        this.patience = patience;
    }

    /** Units for a body; one larger than the whole budget gets all of it. 0 when there is no room in time. */
    int take(int bytes) throws InterruptedException {
        int wanted = Math.min(units, bytes / UNIT + 1);
        return free.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS) ? wanted : 0;
    }

    void give(int taken) {
        free.release(taken);
    }
}
