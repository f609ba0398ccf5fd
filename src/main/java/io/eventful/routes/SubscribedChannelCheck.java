package io.eventful.routes;

import io.eventful.routes.Outline.NameMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Checks that some route sends to the subscribers of the channels in declared subscriptions. If a route chooses the channel
 * at runtime, nothing is reported.
 */
final class SubscribedChannelCheck {

    /** Channels of the gateway itself, which need no route. */
    private static final String OWN = "eventful.";

    private final List<EndpointUse> uses;
    private final List<RouteProblem> problems;

    SubscribedChannelCheck(List<EndpointUse> uses, List<RouteProblem> problems) {
        this.uses = uses;
        this.problems = problems;
    }

    void check(List<NameMark> wanted) {
        Set<String> known = new TreeSet<>();
        for (EndpointUse use : uses) {
            // A recipient that is only known at runtime may be anything.
            if (use.isDynamic() && !use.isFrom()) return;
            if (use.scheme().equals("subscribers")) known.add(use.name());
        }
        for (NameMark channel : wanted)
            if (!known.contains(channel.name()) && !channel.name().startsWith(OWN))
                problems.add(channel.place()
                        .warning(
                                "unknown-channel",
                                "no route sends events to subscribers:" + channel.name()
                                        + ", the channel of this subscription",
                                Suggestions.remedy(
                                        channel.name(),
                                        known,
                                        known.isEmpty()
                                                ? ""
                                                : "the channels with subscribers are " + String.join(", ", known))));
    }

    /** The channels that a file of declared subscriptions names. */
    static List<NameMark> wanted(RouteFile file) {
        List<NameMark> wanted = new ArrayList<>();
        YamlTree.read(file, new ArrayList<>()).ifPresent(root -> {
            if (!(YamlTree.member(root, "subscriptions") instanceof MappingNode subscriptions)) return;
            for (NodeTuple each : subscriptions.getValue()) {
                Node config = YamlTree.member(each.getValueNode(), "config");
                if (config != null && YamlTree.member(config, "channel") instanceof ScalarNode channel)
                    wanted.add(new NameMark(channel.getValue(), Place.of(file.path(), channel)));
            }
        });
        return wanted;
    }
}
