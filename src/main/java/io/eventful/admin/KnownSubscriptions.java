package io.eventful.admin;

import io.eventful.subscription.Subscription;
import io.eventful.subscription.Subscriptions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Subscriptions as the console's pages name them, and as their readers may name them in a form. All in memory. */
@Component
final class KnownSubscriptions {

    /** With more subscriptions than these, a form has a field to type in instead of a list to choose from. */
    static final int MOST_CHOICES = 50;

    private final Subscriptions subscriptions;

    KnownSubscriptions(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** @param name what its owner called it; its id if that is nothing */
    record Known(String id, String name) {
        private static Known of(Subscription subscription) {
            String name = subscription.request().config().name();
            return new Known(subscription.id(), name == null ? subscription.id() : name);
        }
    }

    /**
     * A form's field for a subscription.
     *
     * @param given what was filled in; null for nothing
     * @param chosen id of the one that was meant; null if there is none
     * @param choices all of them; empty when they are too many, or none
     */
    record Field(@Nullable String given, @Nullable String chosen, List<Known> choices) {}

    /** The name of a subscription by its id; the id if it has none, or is gone. */
    String name(String id) {
        return subscriptions.find(id).map(Known::of).map(Known::name).orElse(id);
    }

    /** The subscription of an id or a name. */
    Optional<Known> find(String text) {
        return subscriptions
                .find(text)
                .or(() -> subscriptions
                        .list("", 1, each -> text.equals(each.request().config().name()))
                        .stream()
                        .findFirst())
                .map(Known::of);
    }

    /** The id of a subscription by its id or name; what is neither is returned as it is, since it may be the id of one gone. */
    String id(String text) {
        return find(text).map(Known::id).orElse(text);
    }

    Field field(@Nullable String given) {
        List<Subscription> all = subscriptions.list("", MOST_CHOICES + 1);
        return new Field(
                given,
                given == null ? null : find(given).map(Known::id).orElse(null),
                all.size() > MOST_CHOICES
                        ? List.of()
                        : all.stream()
                                .map(Known::of)
                                .sorted(Comparator.comparing(Known::name))
                                .toList());
    }

    /** What is said of a text that is neither the name nor the id of a subscription. */
    static String unknown(@Nullable String text) {
        String shown = Objects.requireNonNullElse(text, "");
        return "There is no subscription " + (shown.length() > 64 ? shown.substring(0, 64) + "…" : shown) + ".";
    }
}
