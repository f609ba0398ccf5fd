package io.eventful.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** What cannot be read: braces left open, a wrong type, a repeated key, an indentation. */
final class Broken implements Operator {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^{}]*}");
    private static final Pattern TEMPLATE = Pattern.compile("/\\{[a-z]+}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}]*}}");

    @Override
    public List<Mutation> of(RouteText text, Site site, Slips slips) {
        return switch (site.kind()) {
            case KEY -> key(text, site);
            case VALUE -> value(text, site, slips);
            case ELEMENT -> List.of();
        };
    }

    private static List<Mutation> key(RouteText text, Site site) {
        int start = text.start(site.node());
        int lineStart = text.lineStart(start);
        List<Mutation> all = new ArrayList<>();
        boolean alone = text.text().substring(lineStart, start).isBlank();
        // Where one stands alone, its depth means nothing.
        if (alone && ((MappingNode) site.holder()).getValue().size() > 1 && start - lineStart > 1)
            all.add(text.replace(
                    "wrong indentation",
                    lineStart,
                    start,
                    " ".repeat(start - lineStart - 1),
                    contradicted(text, site)));
        if (alone) all.add(text.replace("tab for spaces", lineStart, start, "\t"));
        int end = text.end(site.node());
        if (text.text().charAt(end) == ':') all.add(text.replace("colon left out", end, end + 1, ""));
        return all;
    }

    /** A line and its neighbours that are indented differently: none is wrong by itself. */
    private static Set<Integer> contradicted(RouteText text, Site site) {
        Set<Integer> lines = new TreeSet<>();
        for (NodeTuple tuple : ((MappingNode) site.holder()).getValue())
            lines.add(text.line(text.start(tuple.getKeyNode())));
        lines.add(text.line(text.start(site.node())) + 1);
        return lines;
    }

    private static List<Mutation> value(RouteText text, Site site, Slips slips) {
        String raw = text.raw(site.node());
        List<Mutation> all = new ArrayList<>();
        if (raw.startsWith("\""))
            all.add(text.within("quote left open", site.scalar(), raw.length() - 1, raw.length(), ""));
        all.add(text.within("value of another kind", site.scalar(), 0, raw.length(), "{wrong: kind}"));
        for (Pattern pattern : List.of(EXPRESSION, TEMPLATE, PLACEHOLDER)) {
            Matcher found = pattern.matcher(raw);
            List<Integer> ends = new ArrayList<>();
            while (found.find()) ends.add(found.end());
            if (!ends.isEmpty()) {
                int end = slips.one(ends);
                all.add(text.within("brace left open", site.scalar(), end - 1, end, ""));
            }
        }
        if (site.key().equals("expression") && site.parent().equals("jsonpath"))
            all.add(text.within("path left open", site.scalar(), raw.length() - 1, raw.length() - 1, "["));
        int lineStart = text.lineStart(text.start(site.node()));
        String line = text.text().substring(lineStart, text.lineEnd(lineStart));
        if (line.strip().startsWith(site.key() + ":") && !raw.contains("\n"))
            all.add(text.replace(
                    "line doubled",
                    text.lineEnd(lineStart),
                    text.lineEnd(lineStart),
                    line,
                    Set.of(text.line(lineStart) + 1)));
        return all;
    }
}
