package io.eventful.subscription;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator decided about subscriptions.
 *
 * @param allowedNetworks blocks and addresses that a sink may have although they are not public
 * @param consent whether a sink must agree before it gets events
 * @param secretOverlap how long a replaced secret signs beside the new one
 * @param origin DNS name that says who asks for consent ({@code WebHook-Request-Origin})
 * @param publicUrl base of the gateway's public address, for the consent callback; null when it has none
 */
public record SubscriptionPolicy(
        List<String> allowedNetworks,
        Consent consent,
        Duration secretOverlap,
        String origin,
        @Nullable URI publicUrl) {

    /** Whether a sink must agree before it gets events (CloudEvents HTTP webhook 1.0, section 4). */
    public enum Consent {
        /** Sinks are not asked. */
        NONE,
        /** Sinks are asked; a granted rate is a ceiling, and no answer changes nothing. */
        OPTIONAL,
        /** A subscription is pending until its sink agrees. */
        REQUIRED
    }

    public SubscriptionPolicy {
        allowedNetworks = List.copyOf(allowedNetworks);
    }
}
