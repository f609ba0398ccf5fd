package io.eventful.routes;

import io.eventful.routes.Outline.NameMark;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the event types from a file of declared subscriptions: {@code types}, and {@code exact} filters. */
final class SubscribedTypes {

    private SubscribedTypes() {}

    static List<NameMark> of(String file, Node root) {
        List<NameMark> wanted = new ArrayList<>();
        if (!(YamlTree.member(root, "subscriptions") instanceof MappingNode subscriptions)) return wanted;
        for (NodeTuple each : subscriptions.getValue()) {
            Node subscription = each.getValueNode();
            for (Node type : YamlTree.elements(YamlTree.member(subscription, "types"))) add(file, type, wanted);
            filters(file, YamlTree.member(subscription, "filters"), wanted);
        }
        return wanted;
    }

    /** Reads filters, except below {@code not}, which excludes types. */
    private static void filters(String file, @Nullable Node filters, List<NameMark> wanted) {
        for (Node filter : YamlTree.elements(filters)) {
            Node exact = YamlTree.member(filter, "exact");
            if (exact != null) add(file, YamlTree.member(exact, "type"), wanted);
            filters(file, YamlTree.member(filter, "any"), wanted);
            filters(file, YamlTree.member(filter, "all"), wanted);
        }
    }

    private static void add(String file, @Nullable Node type, List<NameMark> wanted) {
        if (type instanceof ScalarNode scalar) wanted.add(new NameMark(scalar.getValue(), Place.of(file, type)));
    }
}
