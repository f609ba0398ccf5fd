package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An event pattern that is evaluated member by member: an array matches when one of its elements matches all of the
 * pattern below it. That is what event-ruler finds, too, but its time grows with the product of the arrays; this one's
 * with the size of the document. Whether a member is absent is asked of each element; event-ruler may ask it of all of
 * them together.
 */
final class ElementPattern {

    private static final String OR = "$or";

    /** Names of event-ruler's comparisons: an {@code $or} of those is a member of the document. */
    private static final Set<String> COMPARISONS = Set.of(
            "exact", "prefix", "suffix", "cidr", "anything-but", "numeric", "exists", "equals-ignore-case", "wildcard");

    private final PatternNode top;
    private final Set<String> paths = new TreeSet<>();
    private boolean repeating;

    /** @throws IOException when event-ruler does not take a part of the pattern */
    ElementPattern(JsonNode pattern) throws IOException {
        this.top = object(List.of(), pattern, new TreeSet<>());
    }

    /** Dotted paths at which arrays take part in the match. */
    Set<String> paths() {
        return paths;
    }

    /**
     * Whether more than one list of values is asked of a member, as beside an {@code $or} and in it. All of them must
     * match; event-ruler only knows the last one.
     */
    boolean isRepeating() {
        return repeating;
    }

    boolean matches(JsonNode document) {
        return top.matches(document);
    }

    /** @param leaves gets the paths of the values that are asked for */
    private PatternNode object(List<String> path, JsonNode pattern, Set<String> leaves) throws IOException {
        PatternNode all = PatternNode.any();
        for (var member : pattern.properties()) {
            Set<String> own = new TreeSet<>();
            if (isChoice(member.getKey(), member.getValue())) {
                List<PatternNode> alternatives = new ArrayList<>();
                for (JsonNode each : member.getValue()) {
                    Set<String> one = new TreeSet<>();
                    alternatives.add(object(path, each, one));
                    own.addAll(one);
                }
                all = all.and(PatternNode.choice(alternatives));
            } else all = all.and(member(path, List.of(member.getKey().split("\\.", -1)), member.getValue(), own));
            if (!Collections.disjoint(leaves, own)) repeating = true;
            leaves.addAll(own);
        }
        return all;
    }

    /** Whether a member is a choice of patterns, and not a member of the document. */
    static boolean isChoice(String name, JsonNode or) {
        if (!name.equals(OR) || !or.isArray() || or.size() < 2) return false;
        for (JsonNode each : or) {
            if (!each.isObject() || each.isEmpty()) return false;
            if (each.properties().stream().anyMatch(member -> COMPARISONS.contains(member.getKey()))) return false;
        }
        return true;
    }

    /** A name with dots is that of a member of members. */
    private PatternNode member(List<String> parent, List<String> names, JsonNode pattern, Set<String> leaves)
            throws IOException {
        List<String> path = new ArrayList<>(parent);
        path.add(names.getFirst());
        paths.add(String.join(".", path));
        return PatternNode.member(names.getFirst(), value(path, names, pattern, leaves));
    }

    private PatternNode value(List<String> path, List<String> names, JsonNode pattern, Set<String> leaves)
            throws IOException {
        if (names.size() > 1) return member(path, names.subList(1, names.size()), pattern, leaves);
        if (pattern.isObject()) return object(path, pattern, leaves);
        leaves.add(String.join(".", path));
        return PatternNode.leaf(pattern);
    }
}
