package io.eventful.ledger;

import io.eventful.ledger.Trimming.Candidate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ledger within its age and size. A change that a running route has not handled, or has parked, stays, and so
 * does all that came after it: retention never takes an event away. Positions and revisions of what stays do not change.
 */
final class Retention implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    /** How long a route that stopped is still waited for: an exchange of routes, a start or a stop of the gateway takes less. */
    private static final Duration ABSENT = Duration.ofHours(1);

    private final Trimming trimming;
    private final Relayed relayed;
    private final Feed feed;
    private final Clock clock;
    private final LedgerSettings.Retention settings;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("ledger-retention").unstarted(task));

    /** When a route was last seen to run. Used by one look at a time. */
    private final Map<String, Instant> ran = new HashMap<>();

    private volatile boolean closing;

    Retention(Trimming trimming, Relayed relayed, Feed feed, Clock clock, LedgerSettings.Retention settings) {
        this.trimming = trimming;
        this.relayed = relayed;
        this.feed = feed;
        this.clock = clock;
        this.settings = settings;
    }

    /** Looks after each interval, from now on; does nothing when everything is kept. */
    void start() {
        long millis = settings.interval().toMillis();
        if (settings.isOn()) timer.scheduleWithFixedDelay(this::attempt, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void attempt() {
        try {
            run();
        } catch (RuntimeException e) {
            log.warn("ledger.retention-failed reason=\"{}\"", e.toString());
        }
    }

    /** Removes what may go now; gives the number of changes removed. */
    long run() {
        long excess = settings.size() == null
                ? 0
                : Math.max(0, trimming.size() - settings.size().toBytes());
        Instant limit = settings.age() == null ? Instant.MIN : clock.instant().minus(settings.age());
        long floor = floor();
        long removed = 0;
        long freed = 0;
        long after = 0;
        while (!closing) {
            List<Candidate> candidates = trimming.candidates(after, floor);
            List<Candidate> going = new ArrayList<>();
            for (Candidate candidate : candidates) {
                if (freed >= excess && !candidate.time().isBefore(limit)) break;
                going.add(candidate);
                freed += candidate.bytes();
            }
            if (!going.isEmpty()) trimming.remove(going);
            removed += going.size();
            if (candidates.isEmpty() || going.size() < candidates.size()) break;
            after = candidates.getLast().position();
        }
        if (removed > 0) log.info("ledger.trimmed changes={} bytes={} floor={}", removed, freed, floor);
        return removed;
    }

    /**
     * What every running route has behind it. A route that no longer runs holds nothing back; but one that does not run at
     * the moment may be about to be exchanged for its next form, which goes on where it was.
     */
    private long floor() {
        Set<String> running = feed.followed();
        Instant now = clock.instant();
        if (ran.isEmpty()) relayed.routes().forEach(route -> ran.put(route, now));
        running.forEach(route -> ran.put(route, now));
        ran.values().removeIf(last -> last.plus(ABSENT).isBefore(now));
        long floor = running.isEmpty() ? 0 : Long.MAX_VALUE;
        for (String route : ran.keySet()) {
            OptionalLong position = relayed.position(route);
            if (position.isEmpty() && !running.contains(route)) continue; // it was forgotten
            floor = Math.min(floor, position.orElse(0));
            for (Relayed.Parked first : relayed.parked(route, 0, 1)) floor = Math.min(floor, first.position() - 1);
        }
        return floor;
    }

    @Override
    public void close() {
        closing = true;
        timer.shutdownNow();
    }
}
