package io.eventful.subscription;

import java.util.Optional;
import java.util.Set;

/**
 * Whether a subscription may be active: what has ended stays so, and where consent is required, nothing but the consent
 * of the present sink makes it active.
 */
final class Activation {

    /** Why a subscription is pending: its sink has not agreed yet. */
    static final String CONSENT_PENDING = "consent-pending";

    /** It came without the secret of its credential, and becomes active when that is given. */
    static final Status INCOMPLETE = new Status(Status.State.PAUSED, "credential-missing");

    /** Why a sink has a subscription disabled, by its answers or by its failures. */
    private static final Set<String> BY_SINK = Set.of("gone", "disabled-by-sink", "failing");

    private final SubscriptionPolicy.Consent consent;
    private final Endings endings;

    Activation(SubscriptionPolicy.Consent consent, Endings endings) {
        this.consent = consent;
        this.endings = endings;
    }

    /** A new subscription in the status that it is to have, unless it may not. */
    Subscription begun(Subscription subscription, Status wanted) {
        return subscription.with(endings.of(subscription).orElseGet(() -> allowed(subscription, wanted)));
    }

    /** The subscription, active unless it has ended or may not be. */
    Subscription activated(Subscription subscription) {
        return begun(subscription, Status.ACTIVE);
    }

    /** A subscription whose owner has changed what it asks for. */
    Subscription replaced(Subscription before, Subscription changed) {
        if (Endings.REASONS.contains(before.status().reason())) return activated(changed);
        return changed.with(allowed(changed, isLifted(before, changed) ? Status.ACTIVE : before.status()));
    }

    private static boolean isLifted(Subscription before, Subscription changed) {
        return switch (before.status().state()) {
            // What a sink answered before says nothing of the new request: it is asked again.
            case PENDING -> true;
            // Nor does what the former sink did say anything of another one.
            case DISABLED ->
                changed.movedFrom(before) && BY_SINK.contains(before.status().reason());
            case PAUSED -> before.status().equals(INCOMPLETE);
            case ACTIVE, DELETED -> false;
        };
    }

    /**
     * The wanted status, or the one that prevents it. A subscription that took its last event may still become active,
     * to deliver what it took.
     */
    Status allowed(Subscription subscription, Status wanted) {
        if (wanted.state() != Status.State.ACTIVE) return wanted;
        Optional<Status> ended = endings.of(subscription);
        if (ended.isPresent() && ended.get().reason().equals(Endings.EXPIRED)) return ended.get();
        if (!subscription.request().lacking().isEmpty()) return INCOMPLETE;
        return mayCall(subscription) ? wanted : new Status(Status.State.PENDING, CONSENT_PENDING);
    }

    /** A subscription of an earlier run, in which consent may have been required of others, or of nobody. */
    Subscription restored(Subscription subscription) {
        boolean may = mayCall(subscription);
        return switch (subscription.status().state()) {
            case ACTIVE -> may ? subscription : subscription.with(new Status(Status.State.PENDING, CONSENT_PENDING));
            case PENDING -> may ? activated(subscription) : subscription;
            case PAUSED, DISABLED, DELETED -> subscription;
        };
    }

    /** Whether the sink has agreed to be called, where it has to. */
    boolean mayCall(Subscription subscription) {
        return consent != SubscriptionPolicy.Consent.REQUIRED || subscription.consented();
    }
}
