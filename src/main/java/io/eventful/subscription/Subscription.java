package io.eventful.subscription;

import java.time.Instant;
import java.util.List;

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
 * @param rateCeiling deliveries per minute that its sink consented to; 0 for no ceiling
 */
public record Subscription(
        String id,
        SubscriptionRequest request,
        Status status,
        List<Secret> secrets,
        Instant createdAt,
        long startPosition,
        long publicationBoundary,
        int rateCeiling) {

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
        this(id, request, status, secrets, createdAt, startPosition, publicationBoundary, 0);
    }

    Subscription with(SubscriptionRequest changed) {
        return new Subscription(
                id, changed, status, secrets, createdAt, startPosition, publicationBoundary, rateCeiling);
    }

    Subscription with(Status changed) {
        return new Subscription(
                id, request, changed, secrets, createdAt, startPosition, publicationBoundary, rateCeiling);
    }

    Subscription with(List<Secret> changed) {
        return new Subscription(
                id, request, status, changed, createdAt, startPosition, publicationBoundary, rateCeiling);
    }

    Subscription withRateCeiling(int changed) {
        return new Subscription(id, request, status, secrets, createdAt, startPosition, publicationBoundary, changed);
    }

    Subscription withBoundary(long changed) {
        return new Subscription(id, request, status, secrets, createdAt, startPosition, changed, rateCeiling);
    }

    /** Whether an event predates the subscription. */
    boolean predates(long position) {
        return position > 0 && position <= startPosition;
    }

    /**
     * A signing secret.
     *
     * @param text {@code whsec_} and base64
     * @param expires when it stops signing; {@link Instant#MAX} for the current one
     */
    public record Secret(String text, Instant expires) {
        @Override
        public String toString() {
            return "Secret[expires=" + expires + "]";
        }
    }
}
