package io.eventful.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A template for the paths of items, such as {@code /customers/{id}}, {@code /orders/{order}/lines/{line}}, {@code /me},
 * or, for every path below a prefix, {@code /**} and {@code /crm/**}. Paths are matched in their canonical form. The
 * natural order puts the most specific template first: segment by segment, a literal precedes a variable, and a variable
 * precedes {@code **}.
 */
public final class PathTemplate implements Comparable<PathTemplate> {

    /** Kinds of segments, the most specific first; {@code REST} matches one or more segments. */
    private enum Kind {
        LITERAL,
        VARIABLE,
        REST
    }

    private record Segment(Kind kind, String text) {}

    /**
     * A path that matches as an item.
     *
     * @param subject canonical path of the item
     * @param variables values of the variables in the canonical path
     */
    public record Match(String subject, Map<String, String> variables) {}

    /**
     * A path that matches as an action on an item.
     *
     * @param item the item that the action applies to
     * @param name name of the action
     */
    public record Action(Match item, String name) {}

    private static final String ROOT_RESOURCE = "root";

    private final String text;
    private final List<Segment> segments;
    private final boolean open;

    private PathTemplate(String text, List<Segment> segments) {
        this.text = text;
        this.segments = List.copyOf(segments);
        this.open = !segments.isEmpty() && segments.getLast().kind() == Kind.REST;
    }

    /** Parses a template. Fails with {@link IllegalArgumentException}, whose message says what is wrong. */
    public static PathTemplate parse(String template) {
        if (!template.startsWith("/")) throw wrong(template, "it must start with /");
        List<Segment> segments = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String part : template.substring(1).split("/", -1)) {
            if (part.isEmpty()) continue;
            if (!segments.isEmpty() && segments.getLast().kind() == Kind.REST)
                throw wrong(template, "** must be the last segment");
            Segment segment = segment(template, part);
            if (segment.kind() == Kind.VARIABLE && !names.add(segment.text()))
                throw wrong(template, "the variable {" + segment.text() + "} occurs twice");
            segments.add(segment);
        }
        if (segments.isEmpty()) throw wrong(template, "it has no segment for the item");
        return new PathTemplate(template, segments);
    }

    /**
     * The template of the items of a collection, such as {@code /tenants/{tenant}/customers}. Fails with
     * {@link IllegalArgumentException}, whose message says what is wrong with the collection.
     */
    public static PathTemplate ofCollection(String collection) {
        String id = "id";
        while (collection.contains('{' + id + '}')) id += '_';
        String text = collection.replaceFirst("/+$", "") + "/{" + id + '}';
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()).replace(text, collection), e);
        }
    }

    private static Segment segment(String template, String part) {
        if (part.equals("**")) return new Segment(Kind.REST, part);
        if (part.startsWith("{") && part.endsWith("}")) {
            String name = part.substring(1, part.length() - 1);
            if (!name.matches("[A-Za-z_][A-Za-z0-9_-]*"))
                throw wrong(template, "a variable must be a name in braces, such as {id}");
            return new Segment(Kind.VARIABLE, name);
        }
        if (part.indexOf('{') >= 0 || part.indexOf('}') >= 0 || part.indexOf('*') >= 0)
            throw wrong(template, "a segment must be literal text, one {variable}, or ** at the end");
        List<String> canonical = Subjects.segments(part);
        if (canonical.size() != 1 || part.indexOf('?') >= 0 || part.indexOf('#') >= 0)
            throw wrong(template, "dot segments, a query or a fragment are not allowed");
        return new Segment(Kind.LITERAL, canonical.getFirst());
    }

    private static IllegalArgumentException wrong(String template, String rule) {
        return new IllegalArgumentException("not a path template: \"" + template + "\" (" + rule + ")");
    }

    /** The item at a path; empty if the path does not match. */
    public Optional<Match> item(String path) {
        return match(Subjects.segments(path));
    }

    /** Whether a path is the collection of such items: the template without its last variable. */
    public boolean isCollection(String path) {
        List<String> parts = Subjects.segments(path);
        Kind last = segments.getLast().kind();
        if (last == Kind.LITERAL) return false;
        if (open) return parts.size() >= segments.size() - 1 && matches(parts, segments.size() - 1);
        return parts.size() == segments.size() - 1 && matches(parts, parts.size());
    }

    /**
     * The template less its last variable, or all of it when it ends with a literal; empty for {@code **}, and when
     * nothing is left.
     */
    public Optional<PathTemplate> collection() {
        List<Segment> left =
                segments.getLast().kind() == Kind.VARIABLE ? segments.subList(0, segments.size() - 1) : segments;
        if (open || left.isEmpty()) return Optional.empty();
        return Optional.of(new PathTemplate(path(left, Map.of()), left));
    }

    /** The path of the collection of such items, for these values of the variables before the last one. */
    public String collection(Map<String, String> variables) {
        return path(segments.subList(0, segments.size() - 1), variables);
    }

    /** The names of the variables, in their order. */
    public List<String> variables() {
        return segments.stream()
                .filter(segment -> segment.kind() == Kind.VARIABLE)
                .map(Segment::text)
                .toList();
    }

    private static String path(List<Segment> segments, Map<String, String> variables) {
        return segments.stream()
                .map(segment -> segment.kind() == Kind.VARIABLE
                        ? variables.getOrDefault(segment.text(), '{' + segment.text() + '}')
                        : segment.text())
                .collect(Collectors.joining("/", "/", ""));
    }

    /** The action at a path: the path of an item followed by the name of one of the actions. */
    public Optional<Action> action(String path, Collection<String> actions) {
        List<String> parts = Subjects.segments(path);
        if (parts.isEmpty() || !actions.contains(parts.getLast())) return Optional.empty();
        String name = parts.getLast();
        return match(parts.subList(0, parts.size() - 1)).map(item -> new Action(item, name));
    }

    /**
     * The resource name for event types: the last literal of the template; for {@code **}, and for a template of
     * variables only, the segment before the id.
     */
    public String resource(String subject) {
        if (!open) {
            for (Segment segment : segments.reversed()) if (segment.kind() == Kind.LITERAL) return segment.text();
        }
        List<String> parts = Subjects.segments(subject);
        if (parts.isEmpty()) return ROOT_RESOURCE;
        return parts.get(Math.max(0, parts.size() - 2));
    }

    /** Whether this template matches every path that the other one matches. */
    public boolean covers(PathTemplate other) {
        if (other.open && !open) return false;
        // A variable is replaced by a text that no literal equals.
        return match(other.segments.stream()
                        .map(segment -> segment.kind() == Kind.LITERAL ? segment.text() : "")
                        .toList())
                .isPresent();
    }

    /** Whether two templates match the same paths, that is, differ only in the names of variables. */
    public boolean sameShape(PathTemplate other) {
        if (segments.size() != other.segments.size()) return false;
        for (int i = 0; i < segments.size(); i++) {
            Segment mine = segments.get(i);
            Segment its = other.segments.get(i);
            if (mine.kind() != its.kind()
                    || mine.kind() == Kind.LITERAL && !mine.text().equals(its.text())) return false;
        }
        return true;
    }

    private Optional<Match> match(List<String> parts) {
        boolean fits = open ? parts.size() >= segments.size() : parts.size() == segments.size();
        int fixed = open ? segments.size() - 1 : segments.size();
        if (!fits || !matches(parts, fixed)) return Optional.empty();
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < fixed; i++)
            if (segments.get(i).kind() == Kind.VARIABLE)
                variables.put(segments.get(i).text(), parts.get(i));
        return Optional.of(new Match('/' + String.join("/", parts), variables));
    }

    private boolean matches(List<String> parts, int count) {
        for (int i = 0; i < count; i++) {
            Segment segment = segments.get(i);
            if (segment.kind() == Kind.LITERAL && !segment.text().equals(parts.get(i))) return false;
        }
        return true;
    }

    @Override
    public int compareTo(PathTemplate other) {
        int shared = Math.min(segments.size(), other.segments.size());
        for (int i = 0; i < shared; i++) {
            int order = segments.get(i).kind().compareTo(other.segments.get(i).kind());
            if (order != 0) return order;
        }
        // Of /a/** and /a/b/**, the longer one is more specific.
        if (segments.size() != other.segments.size()) return other.segments.size() - segments.size();
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathTemplate template && template.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The template as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
