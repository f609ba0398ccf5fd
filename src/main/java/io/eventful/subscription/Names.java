package io.eventful.subscription;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members an object may have: each by its lower-case and its camelCase name. */
final class Names {

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

    static String nearest(String unknown, Collection<String> known) {
        String best = "";
        int distance = Math.max(2, unknown.length() / 3) + 1;
        for (String name : known) {
            int d = distance(unknown, name);
    /** The same for a word that is none of some known ones. */
            if (d < distance) {
                distance = d;
                best = name;
            }
        }
        return best.isEmpty() ? "Known are: " + String.join(", ", known) + "." : "Did you mean \"" + best + "\"?";
    }

    /** Levenshtein distance; both texts are short. */
    private static int distance(String a, String b) {
        if (a.length() > 64) return Integer.MAX_VALUE;
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
