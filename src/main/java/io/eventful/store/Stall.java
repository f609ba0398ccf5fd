package io.eventful.store;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long the writer of a store has been busy with one group. A database that does not answer fails nothing for a while:
 * only the time tells. Logs once that a group takes longer than {@link #LONG}, and once that it has ended.
 */
final class Stall {

    private static final Logger log = LoggerFactory.getLogger(Stall.class);

    /** Much longer than a group takes on a slow disk. */
    static final Duration LONG = Duration.ofSeconds(10);

    private final String name;
    private final Dialect dialect;
    private final LongSupplier nanos;
    private volatile long begun;
    private volatile boolean busy;
    private boolean told;

    /** @param nanos a clock such as {@link System#nanoTime} */
    Stall(String name, Dialect dialect, LongSupplier nanos) {
        this.name = name;
        this.dialect = dialect;
        this.nanos = nanos;
    }

    /** The writer begins with a group. */
    void begin() {
        begun = nanos.getAsLong();
        busy = true;
    }

    /** The writer has ended a group, however it went. */
    void end() {
        busy = false;
        tellEnd();
    }

    /** Why writes wait; empty while no group takes long. */
    Optional<String> reason() {
        long waited = waited();
        return waited < LONG.toNanos()
                ? Optional.empty()
                : Optional.of("no answer for " + Duration.ofNanos(waited).toSeconds() + " s");
    }

    /** Tells of a group that takes long. To be called about once a second. */
    synchronized void look() {
        Optional<String> reason = reason();
        if (told || reason.isEmpty()) return;
        told = true;
        log.error("store.stalled store={} place={} reason=\"{}\"", name, dialect.place(), reason.get());
    }

    private synchronized void tellEnd() {
        if (!told) return;
        told = false;
        log.info(
                "store.answers store={} place={} waitedMs={}",
                name,
                dialect.place(),
                Duration.ofNanos(nanos.getAsLong() - begun).toMillis());
    }

    private long waited() {
        return busy ? nanos.getAsLong() - begun : 0;
    }
}
