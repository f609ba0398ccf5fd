package io.eventful.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Misspelt keys, addresses, names and literals. */
final class Misspelt implements Operator {

    private static final Pattern SCHEME = Pattern.compile("^\"?([a-z][a-z-]+):");
    private static final Pattern WORD = Pattern.compile("(?<![\\\\\\w%])[A-Za-z][A-Za-z0-9]{2,}");
    private static final Pattern QUERY = Pattern.compile("[?&]([A-Za-z]+)=([^&\"\\s]+)");
    /** What a name in braces is called is the template's own affair, when nobody asks for it. */
    private static final Pattern BRACES = Pattern.compile("\\{[^{}]*}");

    private static final Pattern DEFAULT = Pattern.compile("(?<=\\{\\{[\\w.-]{1,99}):[^{}]*(?=}})");

    /** Words for readers, and names that nothing refers to. */
    private static final Set<String> FOR_READERS = Set.of("id", "description", "note");

    @Override
    public List<Mutation> of(RouteText text, Site site, Slips slips) {
        return switch (site.kind()) {
            case KEY -> List.of(key(text, site, slips));
            case VALUE -> value(text, site, slips);
            case ELEMENT -> List.of();
        };
    }

    private static Mutation key(RouteText text, Site site, Slips slips) {
        String operator = switch (site.parent()) {
            case "parameters" -> "misspelt endpoint option";
            case "properties" -> "misspelt property";
            default -> "misspelt key";
        };
        String raw = text.raw(site.node());
        return text.within(operator, site.scalar(), 0, raw.length(), slips.misspell(raw));
    }

    private static List<Mutation> value(RouteText text, Site site, Slips slips) {
        if (FOR_READERS.contains(site.key())) return List.of();
        String raw = text.raw(site.node());
        // A language of its own, of which much means the same; and where a bean keeps its data is nobody's business.
        if (raw.contains("sql:") || site.parent().equals("properties")) return List.of();
        List<Mutation> all = new ArrayList<>();
        int begin = 0;
        if (site.key().equals("uri") || raw.startsWith("\"view:") || raw.startsWith("\"event:")) {
            Matcher scheme = SCHEME.matcher(raw);
            if (scheme.find()) {
                all.add(text.within(
                        "misspelt scheme",
                        site.scalar(),
                        scheme.start(1),
                        scheme.end(1),
                        slips.misspell(scheme.group(1))));
                begin = scheme.end();
            }
        }
        Matcher query = QUERY.matcher(raw);
        int end = raw.length();
        while (site.key().equals("uri") && query.find()) {
            end = Math.min(end, query.start());
            all.add(text.within(
                    "misspelt endpoint option",
                    site.scalar(),
                    query.start(1),
                    query.end(1),
                    slips.misspell(query.group(1))));
            all.add(text.within(
                    "changed literal", site.scalar(), query.start(2), query.end(2), slips.misspell(query.group(2))));
        }
        for (MatchResult word : slips.some(words(raw, begin, end, site), 2))
            all.add(text.within(
                    operator(site),
                    site.scalar(),
                    word.start(),
                    word.end(),
                    slips.misspell(word.group()),
                    otherEnds(text, site, raw, begin)));
        return all;
    }

    /** Of two names that should be one, either may be the wrong one. */
    private static Set<Integer> otherEnds(RouteText text, Site site, String raw, int begin) {
        boolean named = site.key().equals("uri")
                || (site.key().equals("name") && site.parent().equals("beans"));
        return named ? text.naming(raw.substring(begin).replace("\"", "")) : Set.of();
    }

    private static List<MatchResult> words(String raw, int begin, int end, Site site) {
        // What stands in for a setting that is not there is not what a test sees.
        String seen = DEFAULT.matcher(raw)
                .replaceAll(found -> " ".repeat(found.group().length()));
        if (site.key().equals("uri") || site.key().equals("path")) {
            if (!raw.contains("${") && !raw.contains("{{"))
                seen = BRACES.matcher(seen)
                        .replaceAll(found -> " ".repeat(found.group().length()));
        }
        return WORD.matcher(seen)
                .results()
                .filter(word -> word.start() >= begin && word.end() <= end)
                .toList();
    }

    private static String operator(Site site) {
        if (site.key().equals("uri")) return "changed name in an address";
        if (site.key().equals("expression")) return "changed word of a " + site.parent() + " expression";
        if (site.parent().equals("parameters")) return "changed value of an endpoint option";
        if (site.key().equals("toType")) return "misspelt data type";
        return "changed name or literal";
    }
}
