package io.eventful.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a token endpoint has answered (RFC 6749, section 5). */
sealed interface TokenReply {

    /**
     * An access token.
     *
     * @param access for {@code Authorization: Bearer}
     * @param life how long it may be used; it lasts a little longer
     * @param refresh the refresh token from now on; null when none came
     */
    record Issued(String access, Duration life, @Nullable String refresh) implements TokenReply {
        @Override
        public String toString() {
            return "Issued[life=" + life + "]";
        }
    }

    /** No token. */
    record Refused(String reason) implements TokenReply {}

    /** Reads a reply. */
    static TokenReply of(WebhookClient.Fetched fetched) {
        if (fetched.outcome() instanceof Outcome.Failed failed) return new Refused("token-" + failed.reason());
        int status = ((Outcome.Answered) fetched.outcome()).status();
        if (status != 200) return new Refused("token-status-" + status);
        try {
            JsonNode reply = Reading.JSON.readTree(fetched.body());
            String token = reply.path("access_token").asText("");
            String type = reply.path("token_type").asText("bearer");
            String refresh = reply.path("refresh_token").asText("");
            if (!Reading.TOKEN.matcher(token).matches() || !type.equalsIgnoreCase("bearer"))
                return new Refused("token-invalid");
            return new Issued(
                    token, Reading.life(reply.path("expires_in").asLong(0)), refresh.isEmpty() ? null : refresh);
        } catch (IOException e) {
            return new Refused("token-invalid");
        }
    }

    /** How replies are read. */
    final class Reading {

        private static final ObjectMapper JSON = new ObjectMapper();
        private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,8192}");
        /** How long a token lasts that does not say. */
        private static final Duration UNSAID = Duration.ofMinutes(5);

        private static final Duration LONGEST = Duration.ofDays(30);
        /** How long before its end a token is replaced, at most; a tenth of a short life. */
        private static final Duration AHEAD = Duration.ofSeconds(30);

        private Reading() {}

        private static Duration life(long seconds) {
            Duration life = seconds > 0 ? Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds())) : UNSAID;
            Duration ahead = life.dividedBy(10).compareTo(AHEAD) < 0 ? life.dividedBy(10) : AHEAD;
            return life.minus(ahead);
        }
    }
}
