package io.eventful.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a store refuses writes, and why. Logs the first failure, and later the recovery, but not every failure between.
 * Written only by the writer's thread.
 */
final class Refusals {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final String name;
    private final Dialect dialect;
    private long refused;
    private boolean doubted;
    private volatile @Nullable String reason;

    Refusals(String name, Dialect dialect) {
        this.name = name;
        this.dialect = dialect;
    }

    /** Why the last write failed; empty as soon as the store can be written again. */
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** Whether units were refused since the last success. */
    boolean isOpen() {
        return refused > 0;
    }

    /** The outcome of a group cannot be determined at the moment. */
    void doubt(Throwable e) {
        reason = e.toString();
        doubted = true;
        log.warn("store.in-doubt store={} place={} reason=\"{}\"", name, dialect.place(), reason);
    }

    /**
     * Notes a failure.
     *
     * @param units number of units that failed
     * @return what their callers are told
     */
    StoreUnavailableException refused(int units, Throwable e) {
        reason = e.toString();
        if (refused == 0) log.error("store.refuses store={} place={} reason=\"{}\"", name, dialect.place(), reason);
        refused += units;
        String how = e instanceof SupersededException
                ? "is not written any more: " + e.getMessage()
                : "cannot be written at the moment";
        return new StoreUnavailableException("store " + name + ' ' + how, e);
    }

    /** The store was written. */
    void recovered() {
        reason = null;
        if (refused == 0 && !doubted) return;
        doubted = false;
        log.info("store.recovered store={} place={} refused={}", name, dialect.place(), refused);
        refused = 0;
    }
}
