package io.eventful.routes;

import io.eventful.event.Subjects;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A path with variables, such as {@code /hello/{name}}, matched segment by segment against a normalised path. */
final class RestPath implements Comparable<RestPath> {

    private final List<String> segments;

    RestPath(String path) {
        this.segments = split(path);
    }

    private static List<String> split(String path) {
        return Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> isVariable(segment) ? segment : escaped(segment))
                .toList();
    }

    /** Who writes a route may leave escapes out, and so may who calls it. */
    private static String escaped(String segment) {
        return Subjects.normalise('/' + segment).substring(1);
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    /** The decoded values of the variables; empty if the path does not match. */
    Optional<Map<String, String>> match(String path) {
        List<String> given = split(path);
        if (given.size() != segments.size()) return Optional.empty();
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < given.size(); i++) {
            String segment = segments.get(i);
            if (isVariable(segment)) values.put(segment.substring(1, segment.length() - 1), decode(given.get(i)));
            else if (!segment.equals(given.get(i))) return Optional.empty();
        }
        return Optional.of(values);
    }

    private static String decode(String segment) {
        try {
            // In a path, a plus sign is literal; only escapes are decoded.
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEscaped) {
            return segment;
        }
    }

    /** The most specific path first: at the first difference, a literal precedes a variable. */
    @Override
    public int compareTo(RestPath other) {
        List<Boolean> mine = variables();
        List<Boolean> theirs = other.variables();
        for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
            int order = mine.get(i).compareTo(theirs.get(i));
            if (order != 0) return order;
        }
        return String.join("/", segments).compareTo(String.join("/", other.segments));
    }

    private List<Boolean> variables() {
        List<Boolean> variables = new ArrayList<>();
        for (String segment : segments) variables.add(isVariable(segment));
        return variables;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RestPath template && template.segments.equals(segments);
    }

    @Override
    public int hashCode() {
        return segments.hashCode();
    }

    @Override
    public String toString() {
        return "/" + String.join("/", segments);
    }
}
