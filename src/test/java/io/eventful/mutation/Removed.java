package io.eventful.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Steps, routes and options that are gone, and steps in another order. */
final class Removed implements Operator {

    private static final Pattern ADDRESS = Pattern.compile("(?:channel:|direct:|subscribers:|view:|- name: )([\\w-]+)");
    private static final Set<String> SENDING = Set.of("to", "toD", "wireTap");
    private static final Set<String> FOR_READERS = Set.of("id", "description", "note");

    @Override
    public List<Mutation> of(RouteText text, Site site, Slips slips) {
        return switch (site.kind()) {
            case KEY -> option(text, site);
            case VALUE -> List.of();
            case ELEMENT -> element(text, site);
        };
    }

    private static List<Mutation> option(RouteText text, Site site) {
        if (FOR_READERS.contains(site.key())) return List.of();
        MappingNode holder = (MappingNode) site.holder();
        int at = text.lineStart(text.start(site.node()));
        boolean alone = text.text().substring(at, text.start(site.node())).isBlank();
        for (NodeTuple tuple : holder.getValue())
            if (tuple.getKeyNode() == site.node() && alone && holder.getValue().size() > 1)
                return List.of(removed("option left out", text, tuple.getKeyNode(), tuple.getValueNode(), holder));
        return List.of();
    }

    private static List<Mutation> element(RouteText text, Site site) {
        SequenceNode list = (SequenceNode) site.holder();
        List<Mutation> all = new ArrayList<>();
        boolean top = site.path().isEmpty();
        all.add(removed(top ? "route left out" : "step left out", text, site.node(), site.node(), list));
        int next = list.getValue().indexOf(site.node()) + 1;
        if (!top && site.key().equals("steps") && next < list.getValue().size()) {
            Node other = list.getValue().get(next);
            // Many steps may change places; what is sent before it is made may not.
            if (SENDING.contains(kind(text, other)) && !SENDING.contains(kind(text, site.node())))
                all.add(exchanged(text, site.node(), other));
        }
        return all;
    }

    private static String kind(RouteText text, Node step) {
        return step instanceof MappingNode mapping
                ? text.raw(mapping.getValue().getFirst().getKeyNode())
                : "";
    }

    private static Mutation exchanged(RouteText text, Node one, Node two) {
        int from = text.lineStart(text.start(one));
        int middle = text.lineStart(text.start(two));
        int to = text.lineEnd(text.end(two));
        String swapped = text.text().substring(middle, to) + text.text().substring(from, middle);
        return text.replace("steps in another order", from, to, swapped, text.lines(from, to));
    }

    /** The first lines of the step that came after one. */
    private static Set<Integer> following(RouteText text, Node gone, Node holder) {
        if (!(holder instanceof SequenceNode list)) return Set.of();
        int next = list.getValue().indexOf(gone) + 1;
        if (next >= list.getValue().size()) return Set.of();
        int line = text.line(text.start(list.getValue().get(next)));
        return Set.of(line, line + 1);
    }

    private static Mutation removed(String operator, RouteText text, Node first, Node last, Node holder) {
        int from = text.lineStart(text.start(first));
        int to = text.lineEnd(text.end(last));
        Set<Integer> lines = new TreeSet<>();
        // Where it was, with what stands there now, what it belonged to, and what it named.
        lines.add(text.line(from));
        lines.addAll(following(text, last, holder));
        int held = text.start(holder);
        int owner = holder instanceof SequenceNode ? Math.max(0, text.lineStart(held) - 1) : held;
        lines.addAll(text.lines(text.stepStart(owner), text.lineEnd(owner)));
        Matcher address = ADDRESS.matcher(text.text().substring(from, to));
        while (address.find()) lines.addAll(text.naming(address.group(1)));
        int gone = text.line(to) - text.line(from);
        Set<Integer> after = new TreeSet<>();
        for (int line : lines) after.add(line >= text.line(to) ? line - gone : line);
        return text.replace(operator, from, to, "", after);
    }
}
