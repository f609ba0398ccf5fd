package io.eventful.routes;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses which known name a mistyped one was meant to be. */
public final class NearMiss {

    private NearMiss() {}

    /**
     * A remedy for a name that is not known: {@code did you mean "filter"?}, or another text when no known name is near.
     *
     * @param otherwise said when every known name differs by more than a third of its letters, three at most
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
     * The known name that the other is most likely a slip of; empty when only digits tell them apart, which is how
     * versions and regions are named.
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
