package io.eventful.view;

import io.eventful.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rebuilds views from the ledger in the background, each at most once at a time. */
final class ViewRebuilds {

    private static final Logger log = LoggerFactory.getLogger(ViewRebuilds.class);

    /** Pause after a failed rebuild, because each one reads the ledger from its start. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final Executor threads;
    private final Clock clock;
    /** Time of the last failed rebuild, by name of the view. */
    private final Map<String, Instant> failed = new ConcurrentHashMap<>();

    ViewRebuilds(Ledger ledger, Executor threads, Clock clock) {
        this.ledger = ledger;
        this.threads = threads;
        this.clock = clock;
    }

    /** Whether a view was never built from the ledger, or with a different {@code index}. */
    static boolean isOutdated(Views.Running one) {
        Generation live = one.view().live();
        return live.watermark() == ViewStore.NEVER
                || !live.members().equals(one.view().options().index());
    }

    /** Starts a rebuild; false if one is already running. */
    boolean begin(Views.Running one) {
        return alone(one, () -> new Rebuild(one.view(), one.watermark(), ledger).run());
    }

    /** Starts a rebuild, unless the last one failed a moment ago. */
    void repair(Views.Running one) {
        Instant before = failed.get(one.view().name());
        if (before == null || !clock.instant().isBefore(before.plus(PAUSE))) begin(one);
    }

    /** Removes what an interrupted rebuild has left behind. */
    void tidy(Views.Running one) {
        if (Rebuild.isLeft(one.view())) alone(one, () -> Rebuild.tidy(one.view()));
    }

    private boolean alone(Views.Running one, Runnable work) {
        if (!one.rebuilding().compareAndSet(false, true)) return false;
        String name = one.view().name();
        threads.execute(() -> {
            try {
                work.run();
                failed.remove(name);
            } catch (RuntimeException e) {
                failed.put(name, clock.instant());
                log.error("view.rebuild-failed view={} reason=\"{}\"", name, e.toString());
            } finally {
                one.rebuilding().set(false);
            }
        });
        return true;
    }
}
