package io.eventful.admin;

import io.eventful.config.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The admin port.
 *
 * @param port TCP port; 0 takes a free one
 * @param bind address to listen on; loopback unless somebody decides otherwise
 * @param key the admin key; when absent one is made and written to {@code <data>/admin.key}
 * @param guesses how often the key may be guessed
 * @param console the pages for people
 */
@ConfigurationProperties("eventful.admin")
public record AdminSettings(
        @DefaultValue("8081") int port,
        @DefaultValue("127.0.0.1") String bind,
        @Nullable String key,
        @DefaultValue Guesses guesses,
        @DefaultValue Console console) {

    private static final Limits LIMITS = new Limits("eventful.admin.");

    /** A shorter key could be guessed over the network. */
    private static final int SHORTEST_KEY = 8;

    /**
     * How often the admin key may be guessed, at the API and at the console's sign-in together.
     *
     * @param limit wrong keys that a client may try within the span; then none of its keys is looked at until the span is over
     * @param span counted from a client's first wrong key
     * @param clients whose wrong keys are counted; those beyond count as one
     */
    public record Guesses(
            @DefaultValue("10") int limit,
            @DefaultValue("1m") Duration span,
            @DefaultValue("10000") int clients) {

        public Guesses {
            LIMITS.positive("guesses.limit", limit);
            LIMITS.positive("guesses.span", span);
            LIMITS.positive("guesses.clients", clients);
        }
    }

    /**
     * The pages for people.
     *
     * @param idle without a request that somebody made for so long a session ends
     * @param longest so long after it began a session ends at the latest
     * @param patience how long a page waits for what it asked for; a call that takes longer goes on without it
     */
    public record Console(
            @DefaultValue("2h") Duration idle,
            @DefaultValue("12h") Duration longest,
            @DefaultValue("45s") Duration patience) {

        public Console {
            LIMITS.positive("console.idle", idle);
            LIMITS.positive("console.longest", longest);
            LIMITS.positive("console.patience", patience);
        }
    }

    public AdminSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("eventful.admin.port must lie between 0 and 65535, not " + port);
        }
        if (key != null && key.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("eventful.admin.key is shorter than " + SHORTEST_KEY
                    + " characters; leave it out to have one made, or choose a longer one");
        }
    }

    @Override
    public String toString() {
        return "AdminSettings[port=" + port + ", bind=" + bind + ", key=" + (key == null ? "made" : "configured")
                + ", guesses=" + guesses + ", console=" + console + "]";
    }
}
