package io.eventful.mutation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One sound thing in the place of another: an operator, a pattern, a number, a flag. */
final class Swapped implements Operator {

    private static final Map<String, List<String>> OPERATORS = new LinkedHashMap<>();
    private static final Pattern OPERATOR = Pattern.compile(" (==|!=|>=|<=|>|<|&&|\\|\\|) ");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.:-])[0-9]+(?![\\w.:-])");
    private static final List<String> PATTERNS = List.of("event:notification", "event:state", "event:change");

    static {
        OPERATORS.put("==", List.of("!="));
        OPERATORS.put("!=", List.of("=="));
        OPERATORS.put(">", List.of("<", ">="));
        OPERATORS.put("<", List.of(">", "<="));
        OPERATORS.put(">=", List.of(">", "<"));
        OPERATORS.put("<=", List.of("<", ">"));
        OPERATORS.put("&&", List.of("||"));
        OPERATORS.put("||", List.of("&&"));
    }

    @Override
    public List<Mutation> of(RouteText text, Site site, Slips slips) {
        if (site.kind() != Site.Kind.VALUE) return List.of();
        String raw = text.raw(site.node());
        List<Mutation> all = new ArrayList<>();
        if (site.isValueOf("toType"))
            for (String pattern : PATTERNS)
                if (!raw.contains(pattern))
                    all.add(text.within("swapped pattern", site.scalar(), 0, raw.length(), '"' + pattern + '"'));
        if (raw.equals("true") || raw.equals("false"))
            all.add(text.within("swapped flag", site.scalar(), 0, raw.length(), raw.equals("true") ? "false" : "true"));
        if (site.isValueOf("expression")) {
            Matcher operator = OPERATOR.matcher(raw);
            while (operator.find())
                for (String other : OPERATORS.get(operator.group(1)))
                    all.add(text.within("swapped operator", site.scalar(), operator.start(1), operator.end(1), other));
            Matcher number = NUMBER.matcher(raw);
            while (number.find())
                for (int step : new int[] {-1, 1})
                    all.add(text.within(
                            "changed number",
                            site.scalar(),
                            number.start(),
                            number.end(),
                            Long.toString(Long.parseLong(number.group()) + step)));
        }
        return all;
    }
}
