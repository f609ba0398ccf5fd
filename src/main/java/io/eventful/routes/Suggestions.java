package io.eventful.routes;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Suggests a known name for a misspelt one ("did you mean"). */
public final class Suggestions {

    private Suggestions() {}

    /**
     * A remedy for an unknown name: {@code did you mean "filter"?}, or another text if no known name is similar.
     *
     * @param otherwise used if every known name differs by more than a third of its letters, or by more than three
     */
    public static String remedy(String name, Collection<String> known, String otherwise) {
        int reach = Math.max(1, Math.min(3, name.length() / 3));
        LevenshteinDistance distance = new LevenshteinDistance(reach);
        record Guess(String name, int distance) {}
        return known.stream()
                .map(candidate -> new Guess(candidate, distance.apply(fold(name), fold(candidate))))
                .filter(guess -> guess.distance() >= 0)
                .min(Comparator.comparingInt(Guess::distance).thenComparing(Guess::name))
                .map(guess -> "did you mean \"" + guess.name() + "\"?")
                .orElse(otherwise);
    }

    /**
     * The known name that was most likely meant; empty if the names differ only in digits, as those of versions and
     * regions do.
     */
    static Optional<String> close(String name, Collection<String> known) {
        int reach = Math.max(1, Math.min(2, name.length() / 3));
        LevenshteinDistance distance = new LevenshteinDistance(reach);
        return known.stream()
                .filter(candidate -> name.length() > 3 && !candidate.equals(name))
                .filter(candidate -> !bare(candidate).equals(bare(name)))
                .filter(candidate -> distance.apply(fold(name), fold(candidate)) >= 0)
                .min(Comparator.comparingInt((String candidate) -> distance.apply(fold(name), fold(candidate)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String bare(String name) {
        return name.replaceAll("[0-9]", "");
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
