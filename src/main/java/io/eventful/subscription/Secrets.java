package io.eventful.subscription;

import io.eventful.subscription.Subscription.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

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

    /** Those of a new subscription. */
    List<Secret> first(SubscriptionRequest request) {
        return completed(request, List.of());
    }

    /**
     * Those there are, after a new one for each scheme that has become wanted. The keys of a scheme that is not wanted any
     * more end with the overlap: one that comes back later gets a new key, since the old one may have been given up for
     * being known to others.
     */
    List<Secret> changed(Subscription before, SubscriptionRequest request) {
        Set<SignatureScheme> used = before.request().config().signatures();
        Set<SignatureScheme> wanted = request.config().signatures();
        List<Secret> secrets = new ArrayList<>(before.secrets());
        // Such a key is of an earlier version, which let the keys of a scheme that was given up live on.
        secrets.removeIf(secret -> !used.contains(secret.scheme()) && !expires(secret));
        return completed(request, ending(secrets, secret -> !wanted.contains(secret.scheme())));
    }

    /** New ones, before the present ones that sign until the overlap ends. */
    List<Secret> rotated(Subscription subscription) {
        return completed(subscription.request(), ending(subscription.secrets(), every -> true));
    }

    private List<Secret> completed(SubscriptionRequest request, List<Secret> present) {
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

    /** The present ones, of which some end with the overlap, without those that have ended. */
    private List<Secret> ending(List<Secret> present, Predicate<Secret> replaced) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        Instant end = now.plus(overlap);
        List<Secret> living = new ArrayList<>();
        int olds = 0;
        for (Secret secret : present) {
            boolean sooner = replaced.test(secret) && secret.expires().isAfter(end);
            Secret each = sooner ? new Secret(secret.text(), end) : secret;
            if (!expires(each)) living.add(each);
            else if (each.expires().isAfter(now) && olds++ < MAX_OLD) living.add(each);
        }
        return living;
    }
}
