package io.eventful.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens of sinks, kept until shortly before they end. One request at a time for each grant: whoever else needs the
 * token waits for the same reply. Goes through the guarded client like every webhook. Thread-safe, never blocks.
 */
final class Tokens {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,8192}");
    /** How long a token lasts that does not say. */
    private static final Duration UNSAID = Duration.ofMinutes(5);
    /** How long before its end a token is replaced, at most; a tenth of a short life. */
    private static final Duration AHEAD = Duration.ofSeconds(30);
    /** How long a failure stands for whoever asks next, so that a backlog does not hammer the endpoint. */
    private static final Duration FAILURE = Duration.ofSeconds(1);

    private static final int MOST = 100_000;

    private final WebhookClient client;
    private final Clock clock;
    private final Cache<Grant, Slot> slots =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    Tokens(WebhookClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** What the endpoint gave. */
    sealed interface Answer {

        /** When to ask anew. */
        Instant until();

        /** A token for {@code Authorization: Bearer}. */
        record Token(String text, Instant until) implements Answer {
            @Override
            public String toString() {
                return "Token[until=" + until + "]";
            }
        }

        /** No token: the webhook is not sent. */
        record Failure(String reason, Instant until) implements Answer {}
    }

    private static final class Slot {
        private @Nullable CompletableFuture<Answer> asked;
    }

    /** A live token, or why there is none; never completes exceptionally. */
    CompletableFuture<Answer> token(Grant grant, Duration deadline) {
        Slot slot = slots.get(grant, fresh -> new Slot());
        CompletableFuture<Answer> asking = new CompletableFuture<>();
        synchronized (slot) {
            CompletableFuture<Answer> known = slot.asked;
            if (known != null && (!known.isDone() || known.join().until().isAfter(clock.instant()))) return known;
            slot.asked = asking;
        }
        ask(grant, deadline).thenAccept(asking::complete);
        return asking;
    }

    /** The sink did not take a token: the next one is asked for, unless somebody has done so already. */
    void refused(Grant grant, String token) {
        Slot slot = slots.getIfPresent(grant);
        if (slot == null) return;
        synchronized (slot) {
            CompletableFuture<Answer> known = slot.asked;
            if (known != null
                    && known.isDone()
                    && known.join() instanceof Answer.Token live
                    && live.text().equals(token)) slot.asked = null;
        }
    }

    private CompletableFuture<Answer> ask(Grant grant, Duration deadline) {
        try {
            return client.fetch(grant.request(), deadline)
                    .thenApply(this::read)
                    .exceptionally(unforeseen -> failure("token"));
        } catch (RuntimeException unsendable) {
            return CompletableFuture.completedFuture(failure("token"));
        }
    }

    private Answer read(WebhookClient.Fetched fetched) {
        if (fetched.outcome() instanceof Outcome.Failed failed) return failure("token-" + failed.reason());
        int status = ((Outcome.Answered) fetched.outcome()).status();
        if (status != 200) return failure("token-status-" + status);
        try {
            JsonNode reply = JSON.readTree(fetched.body());
            String token = reply.path("access_token").asText("");
            String type = reply.path("token_type").asText("bearer");
            if (!TOKEN.matcher(token).matches() || !type.equalsIgnoreCase("bearer")) return failure("token-invalid");
            Duration life = reply.path("expires_in").asLong(0) > 0
                    ? Duration.ofSeconds(Math.min(
                            reply.path("expires_in").asLong(),
                            Duration.ofDays(30).toSeconds()))
                    : UNSAID;
            Duration ahead = life.dividedBy(10).compareTo(AHEAD) < 0 ? life.dividedBy(10) : AHEAD;
            return new Answer.Token(token, clock.instant().plus(life).minus(ahead));
        } catch (IOException e) {
            return failure("token-invalid");
        }
    }

    private Answer failure(String reason) {
        return new Answer.Failure(reason, clock.instant().plus(FAILURE));
    }
}
