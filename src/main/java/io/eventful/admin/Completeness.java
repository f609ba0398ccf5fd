package io.eventful.admin;

import io.eventful.subscription.Subscription;
import io.eventful.subscription.SubscriptionSets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said of a subscription that was imported without the secret of its credential. */
final class Completeness {

    private Completeness() {}

    /** @throws ApiProblem 409 when a secret is still to be given: nothing is sent without it */
    static void require(Subscription subscription) {
        List<String> lacking = subscription.request().lacking();
        if (!lacking.isEmpty())
            throw new ApiProblem(
                    409,
                    "The credential is incomplete",
                    "The subscription was imported without " + members(lacking)
                            + ". Replace it (PUT), or import it again, with the secret; it then becomes active.");
    }

    /** Null when there is nothing to say. */
    static @Nullable List<String> warnings(SubscriptionSets.Item item) {
        if (item.lacking().isEmpty()) return null;
        return List.of(item.name() + " is held, and nothing is sent: " + members(item.lacking())
                + " is missing, since an export has no secrets. Write it into the document below " + item.name()
                + " and import that again, or PUT the subscription with it.");
    }

    private static String members(List<String> lacking) {
        return lacking.stream().map(name -> "sinkcredential." + name).collect(Collectors.joining(" and "));
    }
}
