package io.eventful.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens of sinks, kept until shortly before they end. One request at a time for each grant: whoever else needs the
 * token waits for the same reply. Goes through the guarded client like every webhook. Thread-safe, never blocks.
 */
final class Tokens {

    /** How long a failure stands for whoever asks next, so that a backlog does not hammer the endpoint. */
    private static final Duration FAILURE = Duration.ofSeconds(1);

    private static final int MOST = 100_000;

    private final WebhookClient client;
    private final Clock clock;
    private final Duration timeout;
    private final Cache<Grant, Slot> slots =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    /** @param timeout of a request, whoever makes it: others wait for it who have more time */
    Tokens(WebhookClient client, Clock clock, Duration timeout) {
        this.client = client;
        this.clock = clock;
        this.timeout = timeout;
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

    /** The tokens of a grant. */
    TokenSource of(Grant grant) {
        return new TokenSource() {
            @Override
            public CompletableFuture<Answer> token() {
                return Tokens.this.token(grant);
            }

            @Override
            public void refused(String token) {
                Tokens.this.refused(grant, token);
            }
        };
    }

    private CompletableFuture<Answer> token(Grant grant) {
        Slot slot = slots.get(grant, fresh -> new Slot());
        CompletableFuture<Answer> asking = new CompletableFuture<>();
        synchronized (slot) {
            CompletableFuture<Answer> known = slot.asked;
            if (known != null && (!known.isDone() || known.join().until().isAfter(clock.instant()))) return known;
            slot.asked = asking;
        }
        ask(grant).thenAccept(asking::complete);
        return asking;
    }

    private void refused(Grant grant, String token) {
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

    private CompletableFuture<Answer> ask(Grant grant) {
        try {
            return client.fetch(grant.request(), timeout)
                    .thenApply(this::read)
                    .exceptionally(unforeseen -> failure("token"));
        } catch (RuntimeException unsendable) {
            return CompletableFuture.completedFuture(failure("token"));
        }
    }

    private Answer read(WebhookClient.Fetched fetched) {
        return switch (TokenReply.of(fetched)) {
            case TokenReply.Refused(String reason) -> failure(reason);
            case TokenReply.Issued issued ->
                new Answer.Token(issued.access(), clock.instant().plus(issued.life()));
        };
    }

    private Answer failure(String reason) {
        return new Answer.Failure(reason, clock.instant().plus(FAILURE));
    }
}
