package io.eventful.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.eventful.delivery.Tokens.Answer;
import io.eventful.subscription.RefreshTokens;
import io.eventful.subscription.Subscription;
import io.eventful.subscription.Subscriptions;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Access tokens of credentials of type {@code REFRESHTOKEN}: the subscriber's own, until it ends or its sink does not take
 * it; then those that its endpoint gives. What the endpoint gave is durable before it is used, since a refresh token is often
 * good for one time only. One request at a time for each subscription. Thread-safe, never blocks.
 */
final class Renewals {

    private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);
    /** How long a failure stands for whoever asks next, so that a backlog does not hammer the endpoint. */
    private static final Duration FAILURE = Duration.ofSeconds(1);

    private static final int MOST = 100_000;

    private final WebhookClient client;
    private final Subscriptions subscriptions;
    private final Clock clock;
    private final Executor blocking;
    private final Duration timeout;
    private final Cache<Key, State> states =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    /**
     * Of these parts.
     *
     * @param blocking runs what may block
     * @param timeout of a request, whoever makes it: others wait for it who have more time
     */
    Renewals(WebhookClient client, Subscriptions subscriptions, Clock clock, Executor blocking, Duration timeout) {
        this.client = client;
        this.subscriptions = subscriptions;
        this.clock = clock;
        this.blocking = blocking;
        this.timeout = timeout;
    }

    /** A subscription, as long as it has the same sink and begins with the same tokens. */
    private record Key(String subscription, URI sink, String given) {
        static Key of(Subscription subscription, JsonNode credential) {
            return new Key(subscription.id(), subscription.request().sink(), RefreshTokens.given(credential));
        }
    }

    /** What is known of one subscription. Guarded by itself. */
    private static final class State {
        /** The request under way, or the last one when it failed. */
        private @Nullable CompletableFuture<Answer> asked;
        /** An access token that the sink did not take. */
        private @Nullable String refused;
        /** What the endpoint gave and the store has not taken yet. */
        private @Nullable Renewed unkept;
    }

    /**
     * Tokens that the endpoint has given.
     *
     * @param before the credential until then
     * @param after the credential with them
     */
    private record Renewed(JsonNode before, JsonNode after, Answer.Token token) {}

    /** The source of a subscription's tokens; null when its credential is of another type. */
    @Nullable
    TokenSource of(Subscription subscription) {
        JsonNode credential = subscription.request().sinkCredential();
        if (credential == null || !isRefreshed(credential)) return null;
        return new TokenSource() {
            @Override
            public CompletableFuture<Answer> token() {
                return Renewals.this.token(subscription, credential);
            }

            @Override
            public void refused(String token) {
                State state = states.get(Key.of(subscription, credential), fresh -> new State());
                synchronized (state) {
                    if (access(present(subscription, credential)).equals(token)) state.refused = token;
                }
            }
        };
    }

    private static boolean isRefreshed(JsonNode credential) {
        return credential.path("credentialtype").asText().equals("REFRESHTOKEN");
    }

    private static String access(JsonNode credential) {
        return credential.path("accesstoken").asText();
    }

    /** The credential of an attempt as it is now: perhaps renewed since the attempt began. */
    private JsonNode present(Subscription called, JsonNode own) {
        return subscriptions
                .find(called.id())
                .filter(now -> !now.movedFrom(called))
                .map(now -> now.request().sinkCredential())
                .filter(now -> isRefreshed(now) && RefreshTokens.given(now).equals(RefreshTokens.given(own)))
                .orElse(own);
    }

    private CompletableFuture<Answer> token(Subscription subscription, JsonNode own) {
        State state = states.get(Key.of(subscription, own), fresh -> new State());
        CompletableFuture<Answer> asking = new CompletableFuture<>();
        JsonNode credential;
        Renewed unkept;
        synchronized (state) {
            CompletableFuture<Answer> known = state.asked;
            if (known != null && (!known.isDone() || known.join().until().isAfter(clock.instant()))) return known;
            credential = present(subscription, own);
            unkept = state.unkept;
            if (unkept == null && isLive(credential, state.refused))
                return CompletableFuture.completedFuture(new Answer.Token(access(credential), Instant.MAX));
            state.asked = asking;
        }
        CompletableFuture<Answer> answered =
                unkept == null ? renew(subscription.id(), state, credential) : keep(subscription.id(), state, unkept);
        answered.thenAccept(answer -> {
            synchronized (state) {
                // A token is the registry's from now on.
                if (answer instanceof Answer.Token) state.asked = null;
            }
            asking.complete(answer);
        });
        return asking;
    }

    private boolean isLive(JsonNode credential, @Nullable String refused) {
        if (access(credential).equals(refused)) return false;
        String end = credential.path("accesstokenexpiresutc").asText("");
        try {
            return end.isEmpty() || OffsetDateTime.parse(end).toInstant().isAfter(clock.instant());
        } catch (DateTimeException malformed) {
            return false;
        }
    }

    private CompletableFuture<Answer> renew(String id, State state, JsonNode credential) {
        try {
            return client.fetch(Grant.refresh(credential), timeout)
                    .thenCompose(fetched -> switch (TokenReply.of(fetched)) {
                        case TokenReply.Refused(String reason) -> failed(reason);
                        case TokenReply.Issued issued -> {
                            Instant until = clock.instant().plus(issued.life());
                            JsonNode renewed =
                                    RefreshTokens.renewed(credential, issued.access(), until, issued.refresh());
                            Answer.Token token = new Answer.Token(issued.access(), until);
                            yield keep(id, state, new Renewed(credential, renewed, token));
                        }
                    })
                    .exceptionally(unforeseen -> failure("token"));
        } catch (RuntimeException unsendable) {
            return failed("token");
        }
    }

    /** Until the store has it, it is not used: it is kept again when the next attempt asks. */
    private CompletableFuture<Answer> keep(String id, State state, Renewed renewed) {
        return CompletableFuture.supplyAsync(() -> subscriptions.renew(id, renewed.before(), renewed.after()), blocking)
                .handle((kept, refused) -> {
                    synchronized (state) {
                        state.unkept = refused == null ? null : renewed;
                        state.refused = null;
                    }
                    if (refused == null) return renewed.token();
                    LOG.warn("delivery.token-not-kept subscription={} reason=\"{}\"", id, refused.toString());
                    return failure("token-not-kept");
                });
    }

    private CompletableFuture<Answer> failed(String reason) {
        return CompletableFuture.completedFuture(failure(reason));
    }

    private Answer failure(String reason) {
        return new Answer.Failure(reason, clock.instant().plus(FAILURE));
    }
}
