package io.eventful.subscription;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Consent given later: GET or POST to {@code /.eventful/consent/<token>} on the data port. The token is made from the
 * subscription and its sink with the master key, so nothing has to be remembered and nobody can guess it.
 */
public final class ConsentCallbacks {

    /** Path of the callback, before the token. */
    public static final String PATH = "/.eventful/consent/";

    private final StoredSubscriptions subscriptions;
    private final Vault vault;

    ConsentCallbacks(StoredSubscriptions subscriptions, Vault vault) {
        this.subscriptions = subscriptions;
        this.vault = vault;
    }

    /** What became of a callback. */
    public enum Result {
        /** Consent is kept, and the subscription is active: 200. */
        ACCEPTED,
        /** No such token, or the subscription has gone or has another sink by now: 404. */
        UNKNOWN,
        /** The rate is neither a positive number nor {@code *}: 400. */
        INVALID_RATE
    }

    /**
     * Takes a sink's consent; safe to repeat. May block on the store.
     *
     * @param token last segment of the path
     * @param allowedRate {@code WebHook-Allowed-Rate}, deliveries per minute or {@code *}; without one, the rate that
     *     was asked for is granted
     */
    public Result granted(String token, @Nullable String allowedRate) {
        int dash = token.indexOf('-');
        if (dash < 0) return Result.UNKNOWN;
        Optional<Subscription> found = subscriptions.find(token.substring(0, dash));
        if (found.isEmpty()) return Result.UNKNOWN;
        Subscription subscription = found.get();
        URI sink = subscription.request().sink();
        byte[] expected = token(subscription.id(), sink).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, token.getBytes(StandardCharsets.UTF_8))) return Result.UNKNOWN;
        int rate = allowedRate == null
                ? Handshake.requestedRate(subscription.request().config())
                : Handshake.rate(allowedRate);
        if (rate < 0) return Result.INVALID_RATE;
        return subscriptions
                        .consented(subscription.id(), new Subscription.Consent(sink, rate))
                        .isPresent()
                ? Result.ACCEPTED
                : Result.UNKNOWN;
    }

    /** The token for a subscription and its sink. */
    String token(String id, URI sink) {
        return id + "-" + vault.mac("consent " + id + " " + sink);
    }
}
