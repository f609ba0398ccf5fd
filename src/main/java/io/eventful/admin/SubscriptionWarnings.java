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
import java.util.stream.Collectors;

/**
 * What of a subscription no event of the running routes can meet: a channel that none of them sends to subscribers, a type
 * that none of them makes. It is no mistake, as the routes may come later; but a slip would otherwise be silence. So would a
 * function that does not exist.
 */
final class SubscriptionWarnings {

    /** Channels of the gateway itself, which need no route. */
    private static final String OWN = "eventful.";

    /** Of CESQL 1.0, section 4. */
    private static final String FUNCTIONS =
            "INT, BOOL, STRING, IS_INT, IS_BOOL, LENGTH, CONCAT, CONCAT_WS, LOWER, UPPER, TRIM,"
                    + " LEFT, RIGHT, SUBSTRING or ABS";

    private SubscriptionWarnings() {}

    static List<String> of(Subscription subscription, RouteFlows flows) {
        List<String> warnings = new ArrayList<>();
        for (String function : subscription.request().unknownFunctions())
            warnings.add("There is no function " + function + " in sql, and an expression that calls it is false: use "
                    + FUNCTIONS + ".");
        warnings.addAll(unmade(subscription, flows));
        return warnings;
    }

    private static List<String> unmade(Subscription subscription, RouteFlows flows) {
        List<Flow> delivering = flows.flows().stream()
                .filter(flow -> flow.use() == RouteFlows.Use.DELIVERS)
                .toList();
        String channel = subscription.request().config().channel();
        if (channel != null && channel.startsWith(OWN)) return List.of();
        Set<String> channels = delivering.stream().map(Flow::channel).collect(Collectors.toCollection(TreeSet::new));
        if (channel != null && !channels.contains(channel))
            return List.of(sentence("No running route sends events to subscribers:" + channel + ": "
                    + Suggestions.remedy(channel, channels, "the channels with subscribers are " + listed(channels))));
        Set<String> made = delivering.stream()
                .filter(flow -> channel == null || flow.channel().equals(channel))
                .flatMap(flow -> flow.events().stream())
                // A step that is not looked into may have made any event.
                .map(told -> told.rendering().isEmpty() ? "*" : told.type())
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> warnings = new ArrayList<>();
        for (String type : subscription.request().types())
            if (made.stream().noneMatch(each -> isLike(type, each)))
                warnings.add(sentence("No running route makes events of type " + type + " for it: "
                        + Suggestions.remedy(type, made, "the types are " + listed(made))));
        return warnings;
    }

    /** A guess is a question already. */
    private static String sentence(String text) {
        return text.endsWith("?") ? text : text + ".";
    }

    /** Whether a type is one of a route, in which a star stands for any text. The first place of each part will do. */
    static boolean isLike(String type, String told) {
        String[] parts = told.split("\\*", -1);
        if (parts.length == 1) return type.equals(told);
        String last = parts[parts.length - 1];
        if (!type.startsWith(parts[0]) || !type.endsWith(last)) return false;
        int from = parts[0].length();
        for (String part : List.of(parts).subList(1, parts.length - 1)) {
            int found = type.indexOf(part, from);
            if (found < 0) return false;
            from = found + part.length();
        }
        return from <= type.length() - last.length();
    }

    private static String listed(Collection<String> names) {
        return names.isEmpty() ? "none" : names.stream().limit(20).collect(Collectors.joining(", "));
    }
}
