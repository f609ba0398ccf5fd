package io.eventful.subscription;

import io.eventful.subscription.Subscription.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Makes the secrets of subscriptions, and lets old ones sign beside new ones for a while. */
final class Secrets {

    /** Old secrets that may sign beside the current ones; the oldest of more end at once. */
    private static final int MAX_OLD = 10;

    private final Identifiers identifiers;
    private final Clock clock;
    private final Duration overlap;

    /** @param overlap how long an old secret signs beside a new one */
    Secrets(Identifiers identifiers, Clock clock, Duration overlap) {
        this.identifiers = identifiers;
        this.clock = clock;
        this.overlap = overlap;
    }

    /** Those there are, after a new one for each scheme that is asked for and has no current one. */
    List<Secret> completed(SubscriptionRequest request, List<Secret> present) {
        List<Secret> secrets = new ArrayList<>();
        for (SignatureScheme scheme : new TreeSet<>(request.config().signatures()))
            if (present.stream().noneMatch(secret -> secret.scheme() == scheme && !expires(secret)))
                secrets.add(new Secret(identifiers.secret(scheme), Instant.MAX));
        secrets.addAll(present);
        return secrets;
    }

    private static boolean expires(Secret secret) {
        return !secret.expires().equals(Instant.MAX);
    }

    /** New ones, before the present ones that sign until the overlap ends. */
    List<Secret> rotated(Subscription subscription) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        Instant end = now.plus(overlap);
        List<Secret> olds = new ArrayList<>();
        for (Secret old : subscription.secrets()) {
            Instant expires = old.expires().isAfter(end) ? end : old.expires();
            if (expires.isAfter(now) && olds.size() < MAX_OLD) olds.add(new Secret(old.text(), expires));
        }
        return completed(subscription.request(), olds);
    }
}
