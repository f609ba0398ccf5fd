package io.eventful.mutation;

import java.util.List;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Ids: the first route's, by which its file is found, and those of others, which must not be the same. */
final class Renamed implements Operator {

    @Override
    public List<Mutation> of(RouteText text, Site site, Slips slips) {
        if (!site.isValueOf("id") || !site.parent().equals("route")) return List.of();
        String first = first(text);
        String raw = text.raw(site.node());
        return List.of(
                raw.equals(first)
                        ? text.within("renamed route", site.scalar(), 0, raw.length(), slips.misspell(raw))
                        : text.within("id of another route", site.scalar(), 0, raw.length(), first));
    }

    private static String first(RouteText text) {
        for (Node item : ((SequenceNode) text.root()).getValue())
            for (NodeTuple member : ((MappingNode) item).getValue())
                if (text.raw(member.getKeyNode()).equals("route"))
                    for (NodeTuple option : ((MappingNode) member.getValueNode()).getValue())
                        if (text.raw(option.getKeyNode()).equals("id")) return text.raw(option.getValueNode());
        throw new IllegalStateException("no route has an id");
    }
}
