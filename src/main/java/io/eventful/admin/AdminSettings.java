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
 * @param bind address to listen on; loopback by default
 * @param key the admin key; if absent, one is generated and written to {@code <data>/admin.key}
 * @param guesses limit of wrong keys per client
 * @param console the web console
 */
@ConfigurationProperties("eventful.admin")
public record AdminSettings(
        @DefaultValue("8081") int port,
        @DefaultValue("127.0.0.1") String bind,
        @Nullable String key,
        @DefaultValue Guesses guesses,
        @DefaultValue Console console) {

    private static final Limits LIMITS = new Limits("eventful.admin.");

    /** Minimum length in characters; a shorter key could be guessed over the network. */
    private static final int SHORTEST_KEY = 8;

    /**
     * Limit of wrong admin keys, counted over the API and the sign-in of the console together.
     *
     * @param limit wrong keys that a client may send within the span; after that, its keys are not checked until the span is over
     * @param span length of the period, from the first wrong key of a client
     * @param clients number of clients that are counted separately; all further ones count as one
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
     * The web console.
     *
     * @param idle a session ends after this time without a request that the user made
     * @param longest a session ends this long after sign-in at the latest
     * @param patience how long a page waits for a slow operation; an operation that takes longer continues in the background
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
            throw new IllegalArgumentException("eventful.admin.port must be between 0 and 65535, but is " + port);
        }
        if (key != null) LIMITS.field("key", key);
        if (key != null && key.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("eventful.admin.key is shorter than " + SHORTEST_KEY
                    + " characters; choose a longer key, or remove the setting to have one generated");
        }
    }

    @Override
    public String toString() {
        return "AdminSettings[port=" + port + ", bind=" + bind + ", key=" + (key == null ? "made" : "configured")
                + ", guesses=" + guesses + ", console=" + console + "]";
    }
}
