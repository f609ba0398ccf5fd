package io.eventful.admin;

import io.eventful.routes.RouteFlows;
import io.eventful.routes.RouteFlows.Flow;
import io.eventful.routes.Suggestions;
import io.eventful.subscription.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What of a subscription no event of the running routes can meet: a channel that none of them sends to subscribers, a type
 * that none of them makes. It is no mistake, as the routes may come later; but a slip would otherwise be silence.
 */
final class SubscriptionWarnings {

    /** Channels of the gateway itself, which need no route. */
    private static final String OWN = "eventful.";

    private SubscriptionWarnings() {}

    static List<String> of(Subscription subscription, RouteFlows flows) {
        List<Flow> delivering = flows.flows().stream()
                .filter(flow -> flow.use() == RouteFlows.Use.DELIVERS)
                .toList();
        String channel = subscription.request().config().channel();
        if (channel != null && channel.startsWith(OWN)) return List.of();
        Set<String> channels = delivering.stream().map(Flow::channel).collect(Collectors.toCollection(TreeSet::new));
        if (channel != null && !channels.contains(channel))
            return List.of("No running route sends events to subscribers:" + channel + ": "
                    + Suggestions.remedy(channel, channels, "the channels with subscribers are " + listed(channels))
                    + ".");
        Set<String> made = delivering.stream()
                .filter(flow -> channel == null || flow.channel().equals(channel))
                .flatMap(flow -> flow.events().stream())
                // A step that is not looked into may have made any event.
                .map(told -> told.rendering().isEmpty() ? "*" : told.type())
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> warnings = new ArrayList<>();
        for (String type : subscription.request().types())
            if (made.stream().noneMatch(each -> isLike(type, each)))
                warnings.add("No running route makes events of type " + type + " for it: "
                        + Suggestions.remedy(type, made, "the types are " + listed(made)) + ".");
        return warnings;
    }

    private static boolean isLike(String type, String told) {
        return Pattern.matches(Pattern.quote(told).replace("*", "\\E.*\\Q"), type);
    }

    private static String listed(Collection<String> names) {
        return names.isEmpty() ? "none" : names.stream().limit(20).collect(Collectors.joining(", "));
    }
}
