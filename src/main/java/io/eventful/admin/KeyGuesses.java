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
 * Counts the wrong keys of each client, so that a short one cannot be guessed. Who guesses shuts out nobody else, and a
 * program that keeps sending one old key guesses once. The counts are in memory alone.
 */
final class KeyGuesses {

    private static final Logger LOG = LoggerFactory.getLogger(KeyGuesses.class);

    /** All clients for which there is no room. */
    private static final String OTHERS = "others";

    private final AdminSettings.Guesses settings;
    private final Clock clock;

    /** By client, the longest known first. */
    private final Map<String, Guesser> guessers = new LinkedHashMap<>();

    private record Guesser(Instant since, Set<String> guesses) {}

    KeyGuesses(AdminSettings.Guesses settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What becomes of a key. It counts at once: many sent together are no more than those in a row.
     *
     * @param right whether it is the key
     * @param fingerprint tells wrong ones apart
     */
    synchronized KeyVerdict judge(String client, boolean right, String fingerprint) {
        Instant now = clock.instant();
        forget(now);
        boolean room = guessers.containsKey(client) || guessers.size() < settings.clients();
        String name = room ? client : OTHERS;
        @Nullable Guesser guesser = guessers.get(name);
        if (guesser != null && guesser.guesses().size() >= settings.limit())
            return new KeyVerdict.Later(Duration.between(now, guesser.since().plus(settings.span())));
        if (right) return new KeyVerdict.Right();
        if (guesser == null) {
            guesser = new Guesser(now, new HashSet<>());
            guessers.put(name, guesser);
        }
        if (guesser.guesses().add(fingerprint))
            LOG.warn(
                    "admin.key-refused from={} guesses={}",
                    client,
                    guesser.guesses().size());
        return new KeyVerdict.Wrong();
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
