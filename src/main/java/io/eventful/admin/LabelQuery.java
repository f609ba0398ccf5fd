package io.eventful.admin;

import io.eventful.subscription.Subscription;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code ?label=name=value} or {@code ?label=name}, which may be repeated: subscriptions that have all of these labels. */
final class LabelQuery {

    private LabelQuery() {}

    static Predicate<Subscription> of(HttpServletRequest request) {
        @Nullable String[] asked = request.getParameterValues("label");
        Predicate<Subscription> all = every -> true;
        if (asked == null) return all;
        for (String each : asked) if (each != null) all = all.and(label(each));
        return all;
    }

    private static Predicate<Subscription> label(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        if (name.isEmpty())
            throw new ApiProblem(400, "Bad request", "\"label\" must be the name of a label, or name=value.");
        if (equals < 0) return subscription -> labels(subscription).containsKey(name);
        String value = text.substring(equals + 1);
        return subscription -> value.equals(labels(subscription).get(name));
    }

    private static Map<String, String> labels(Subscription subscription) {
        return subscription.request().config().labels();
    }
}
