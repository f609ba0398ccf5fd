package io.eventful.subscription;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

/** The members an object may have: each by its lower-case and its camelCase name. */
final class Names {

    /** Edits at most between a mistyped name and the known one that it is taken for. */
    private static final int FARTHEST = 20;

    private final Map<String, String> camelByLower;

    private Names(Map<String, String> camelByLower) {
        this.camelByLower = camelByLower;
    }

    static Names of(String... camelCase) {
        return of(List.of(camelCase));
    }

    static Names of(Collection<String> camelCase) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String name : camelCase) names.put(name.toLowerCase(Locale.ROOT), name);
        return new Names(names);
    }

    /** The lower-case name of a member as written; null when there is no such member. */
    @Nullable
    String canonical(String written) {
        if (camelByLower.containsKey(written)) return written;
        String lower = written.toLowerCase(Locale.ROOT);
        return written.equals(camelByLower.get(lower)) ? lower : null;
    }

    String spelled(String lower, NameStyle style) {
        return style == NameStyle.LOWER ? lower : camelByLower.getOrDefault(lower, lower);
    }

    Collection<String> all() {
        return camelByLower.keySet();
    }

    /** A sentence that helps with an unknown name: the nearest known one, else all of them. */
    String remedyFor(String unknown) {
        return nearest(unknown.toLowerCase(Locale.ROOT), all());
    }

    /** The same for a word that is none of some known ones. */
    static String nearest(String unknown, Collection<String> known) {
        LevenshteinDistance distance = new LevenshteinDistance(Math.clamp(unknown.length() / 3, 2, FARTHEST));
        return known.stream()
                .filter(name -> distance.apply(unknown, name) >= 0)
                .min(Comparator.comparingInt(name -> distance.apply(unknown, name)))
                .map(name -> "Did you mean \"" + name + "\"?")
                .orElseGet(() -> "Known: " + String.join(", ", known) + ".");
    }
}
