package io.eventful.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the wrong keys of each client, so that keys cannot be guessed. A client that guesses does not affect others, and
 * the same wrong key sent repeatedly, for example by a program with an old key, counts once. Counts are kept in memory.
 */
final class WrongKeyLimiter {

    private static final Logger LOG = LoggerFactory.getLogger(WrongKeyLimiter.class);

    /** Shared entry for all clients beyond the limit. */
    private static final String OTHERS = "others";

    private final AdminSettings.Guesses settings;
    private final Clock clock;

    /** Counts per client, the oldest first. */
    private final Map<String, Guesser> guessers = new LinkedHashMap<>();

    private record Guesser(Instant since, Set<String> guesses) {}

    WrongKeyLimiter(AdminSettings.Guesses settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Decides on the right key, which does not count as a guess: accepted, unless the client has guessed too often. */
    synchronized KeyDecision right(String client) {
        Instant now = clock.instant();
        forget(now);
        @Nullable Guesser guesser = guessers.get(name(client));
        return guesser != null && isSpent(guesser) ? throttled(guesser, now) : new KeyDecision.Accepted();
    }

    /**
     * Decides on a wrong key and counts it in one step, so that concurrent requests cannot exceed the limit.
     *
     * @param fingerprint hash that distinguishes wrong keys
     */
    synchronized KeyDecision wrong(String client, String fingerprint) {
        Instant now = clock.instant();
        forget(now);
        Guesser guesser = guessers.computeIfAbsent(name(client), first -> new Guesser(now, new HashSet<>()));
        if (isSpent(guesser)) return throttled(guesser, now);
        if (guesser.guesses().add(fingerprint))
            LOG.warn(
                    "admin.key-refused from={} guesses={}",
                    client,
                    guesser.guesses().size());
        return new KeyDecision.Rejected();
    }

    private String name(String client) {
        return guessers.containsKey(client) || guessers.size() < settings.clients() ? client : OTHERS;
    }

    private boolean isSpent(Guesser guesser) {
        return guesser.guesses().size() >= settings.limit();
    }

    private KeyDecision throttled(Guesser guesser, Instant now) {
        return new KeyDecision.Throttled(Duration.between(now, guesser.since().plus(settings.span())));
    }

    /** Also those that are later than now: the clock was set back, and nobody waits for it to come there again. */
    private void forget(Instant now) {
        Instant until = now.minus(settings.span());
        Iterator<Guesser> longest = guessers.values().iterator();
        while (longest.hasNext()) {
            Instant since = longest.next().since();
            if (since.isAfter(until) && !since.isAfter(now)) return;
            longest.remove();
        }
    }
}
