package io.eventful.routes;

import io.eventful.routes.RouteFlows.EventKind;
import io.eventful.routes.RouteFlows.Flow;
import io.eventful.routes.RouteFlows.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which events an analysis of the flow has found on channels and queues. */
final class FlowTable {

    private record Key(Use use, String channel, String route) {}

    private final Map<String, Set<EventKind>> arriving = new HashMap<>();
    private final Map<Key, Set<EventKind>> found = new LinkedHashMap<>();

    /** Events are sent to a queue that other routes read. */
    void arrive(String queue, Set<EventKind> events) {
        arriving.computeIfAbsent(queue, none -> new HashSet<>()).addAll(events);
    }

    Set<EventKind> arriving(String queue) {
        return arriving.getOrDefault(queue, Set.of());
    }

    void note(Use use, String channel, String route, Set<EventKind> events) {
        if (channel.isEmpty() || channel.contains("${")) return;
        found.computeIfAbsent(new Key(use, channel, route), none -> new HashSet<>())
                .addAll(events);
    }

    int size() {
        return found.values().stream().mapToInt(Set::size).sum()
                + arriving.values().stream().mapToInt(Set::size).sum()
                + found.size();
    }

    List<Flow> flows() {
        List<Flow> flows = new ArrayList<>();
        found.forEach(
                (key, events) -> flows.add(new Flow(key.use(), key.channel(), key.route(), EventKinds.known(events))));
        return flows;
    }
}
