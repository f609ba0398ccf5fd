package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests beside the subscriptions that there are: a name that another one has is told with everything else that is
 * wrong. Of a request that is right otherwise, the registry tells it when it keeps the subscription.
 */
public record NamedRequests(SubscriptionRequests requests, Subscriptions subscriptions) {

    /**
     * Reads a request.
     *
     * @param current the subscription that it replaces; null for a new one
     * @throws InvalidSubscriptionException with everything that is wrong
     */
    public SubscriptionRequest parse(JsonNode document, @Nullable Subscription current) {
        try {
            return requests.parse(document, current == null ? null : current.request());
        } catch (InvalidSubscriptionException e) {
            List<RequestProblem> problems = new ArrayList<>(e.problems());
            String name = document.at("/config/name").textValue();
            Optional.ofNullable(name)
                    .flatMap(subscriptions::named)
                    .map(Subscription::id)
                    .filter(holder -> current == null || !holder.equals(current.id()))
                    .ifPresent(holder -> problems.add(LiveSubscriptions.taken(holder)));
            throw new InvalidSubscriptionException(problems);
        }
    }
}
