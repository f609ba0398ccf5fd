package io.eventful.subscription;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Something that an event must have for a condition to hold: what one of some keys says. Necessary, not sufficient: the
 * index looks subscriptions up by one of theirs, and asks only those that it finds.
 */
record Requirement(Set<IndexKey> keys) {

    Requirement {
        keys = Set.copyOf(keys);
    }

    /** An attribute that is one of some texts. */
    static Requirement anyOf(String attribute, Set<String> values) {
        return new Requirement(values.stream()
                .map(value -> new IndexKey.Text(Comparison.EXACT, attribute, value))
                .collect(Collectors.toSet()));
    }

    /** What an event must have that meets one of some alternatives, each with what it demands; empty if one demands nothing. */
    static List<Requirement> ofOne(List<List<Requirement>> alternatives) {
        List<IndexKey> keys = new ArrayList<>();
        for (List<Requirement> alternative : alternatives) {
            Requirement best = alternative.stream()
                    .min(Comparator.comparingInt(Requirement::rank))
                    .orElse(null);
            if (best == null) return List.of();
            keys.addAll(best.keys);
        }
        return keys.isEmpty() ? List.of() : List.of(new Requirement(Set.copyOf(keys)));
    }

    /** Lower for what usually has more different values. */
    int rank() {
        return keys.stream().mapToInt(Requirement::rank).max().orElse(0);
    }

    private static int rank(IndexKey key) {
        return switch (key) {
            case IndexKey.Text text -> commonness(text.attribute()) + (text.comparison() == Comparison.EXACT ? 0 : 1);
            case IndexKey.Value value -> 1;
            case IndexKey.Folded folded -> 1;
            case IndexKey.Part part -> 2;
            case IndexKey.Range range -> 3;
            case IndexKey.Present present -> 6;
            case IndexKey.Always always -> 7;
        };
    }

    private static int commonness(String attribute) {
        return switch (attribute) {
            case "id", "subject", "partitionkey" -> 0;
            case "type" -> 2;
            case "source" -> 3;
            case "specversion", "datacontenttype", "pattern" -> 4;
            default -> 1;
        };
    }
}
