package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as the registry keeps it.
 *
 * @param id made by the gateway
 * @param request what the subscriber asked for
 * @param status where it stands
 * @param secrets live signing secrets, newest first; the text form is {@code whsec_…}
 * @param createdAt when it was created
 * @param startPosition events whose position is not above it are left out (they predate the subscription); 0 for none
 * @param publicationBoundary head of the publications when it became live; catch-up covers those up to it
 * @param consent what its sink agreed to; null when it has not, or was not asked
 */
public record Subscription(
        String id,
        SubscriptionRequest request,
        Status status,
        List<Secret> secrets,
        Instant createdAt,
        long startPosition,
        long publicationBoundary,
        @Nullable Consent consent) {

    /**
     * A sink's agreement to be called (CloudEvents HTTP webhook 1.0, section 4).
     *
     * @param sink who agreed; it says nothing about another sink
     * @param ratePerMinute deliveries per minute at most; 0 for any
     */
    public record Consent(URI sink, int ratePerMinute) {}

    public Subscription {
        secrets = List.copyOf(secrets);
    }

    public Subscription(
            String id,
            SubscriptionRequest request,
            Status status,
            List<Secret> secrets,
            Instant createdAt,
            long startPosition,
            long publicationBoundary) {
        this(id, request, status, secrets, createdAt, startPosition, publicationBoundary, null);
    }

    Subscription with(SubscriptionRequest changed) {
        return new Subscription(id, changed, status, secrets, createdAt, startPosition, publicationBoundary, consent);
    }

    /** The same with another status; the registry does not know of it (see {@link Subscriptions#status}). */
    public Subscription with(Status changed) {
        return new Subscription(id, request, changed, secrets, createdAt, startPosition, publicationBoundary, consent);
    }

    Subscription with(List<Secret> changed) {
        return new Subscription(id, request, status, changed, createdAt, startPosition, publicationBoundary, consent);
    }

    Subscription with(Consent changed) {
        return new Subscription(id, request, status, secrets, createdAt, startPosition, publicationBoundary, changed);
    }

    Subscription withBoundary(long changed) {
        return new Subscription(id, request, status, secrets, createdAt, startPosition, changed, consent);
    }

    /** The same with a credential that was renewed, unless its owner has given it another one meanwhile. */
    Subscription renewed(JsonNode before, JsonNode after) {
        return before.equals(request.sinkCredential()) ? with(request.with(after)) : this;
    }

    /** Whether the present sink has agreed to be called. */
    boolean consented() {
        return consent != null && consent.sink().equals(request.sink());
    }

    /** Deliveries per minute that the sink agreed to at most; 0 for no ceiling. */
    public int rateCeiling() {
        return consent != null && consent.sink().equals(request.sink()) ? consent.ratePerMinute() : 0;
    }

    /** The live secrets of the schemes that the subscriber asked for, newest first. */
    public List<Secret> signing() {
        return secrets.stream()
                .filter(secret -> request.config().signatures().contains(secret.scheme()))
                .toList();
    }

    /** The current secret of a scheme; empty when it has none. */
    Optional<Secret> current(SignatureScheme scheme) {
        return secrets.stream()
                .filter(secret -> secret.scheme() == scheme && secret.expires().equals(Instant.MAX))
                .findFirst();
    }

    /** Whether its events go somewhere else than before. */
    public boolean movedFrom(Subscription before) {
        return !request.sink().equals(before.request.sink());
    }

    /** Whether an event predates the subscription. */
    boolean predates(long position) {
        return position > 0 && position <= startPosition;
    }

    /**
     * A signing secret.
     *
     * @param text {@code whsec_} or {@code whsk_}, and base64
     * @param expires when it stops signing; {@link Instant#MAX} for the current one
     */
    public record Secret(String text, Instant expires) {
        /** How it signs. */
        public SignatureScheme scheme() {
            return text.startsWith(SignatureScheme.V1A.prefix()) ? SignatureScheme.V1A : SignatureScheme.V1;
        }

        @Override
        public String toString() {
            return "Secret[expires=" + expires + "]";
        }
    }
}
