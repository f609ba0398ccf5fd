package io.eventful.routetest;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses which known name a mistyped one was meant to be. */
final class Guess {

    private Guess() {}

    /** {@code did you mean "filter"?}, or all the names when none is near. */
    static String of(String name, Collection<String> known) {
        LevenshteinDistance distance = new LevenshteinDistance(Math.max(1, Math.min(3, name.length() / 3)));
        record Near(String name, int distance) {}
        return known.stream()
                .map(each ->
                        new Near(each, distance.apply(name.toLowerCase(Locale.ROOT), each.toLowerCase(Locale.ROOT))))
                .filter(near -> near.distance() >= 0)
                .min(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .map(near -> "did you mean \"" + near.name() + "\"?")
                .orElse("write one of " + String.join(", ", known));
    }
}
