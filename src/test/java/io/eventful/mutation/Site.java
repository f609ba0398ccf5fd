package io.eventful.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A place of a route file.
 *
 * @param path the keys that lead to it from the top
 * @param holder the mapping or list that it is in
 */
record Site(List<String> path, Kind kind, Node node, Node holder) {

    enum Kind {
        KEY,
        VALUE,
        ELEMENT
    }

    /** The key of a key or value. */
    String key() {
        return path.isEmpty() ? "" : path.getLast();
    }

    String parent() {
        return path.size() < 2 ? "" : path.get(path.size() - 2);
    }

    boolean isValueOf(String key) {
        return kind == Kind.VALUE && key().equals(key);
    }

    ScalarNode scalar() {
        return (ScalarNode) node;
    }

    static void walk(RouteText text, Consumer<Site> visitor) {
        walk(text.root(), List.of(), visitor);
    }

    private static void walk(Node node, List<String> path, Consumer<Site> visitor) {
        if (node instanceof MappingNode mapping)
            for (NodeTuple tuple : mapping.getValue()) {
                List<String> below = new ArrayList<>(path);
                below.add(((ScalarNode) tuple.getKeyNode()).getValue());
                visitor.accept(new Site(below, Kind.KEY, tuple.getKeyNode(), mapping));
                if (tuple.getValueNode() instanceof ScalarNode)
                    visitor.accept(new Site(below, Kind.VALUE, tuple.getValueNode(), mapping));
                else walk(tuple.getValueNode(), below, visitor);
            }
        else if (node instanceof SequenceNode list)
            for (Node element : list.getValue()) {
                visitor.accept(new Site(path, Kind.ELEMENT, element, list));
                walk(element, path, visitor);
            }
    }
}
