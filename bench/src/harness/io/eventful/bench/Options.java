package io.eventful.bench;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What to measure, and for how long.
 *
 * @param warmUp load of each kind on a candidate that just started, not counted
 * @param measured length of one measured phase
 * @param repetitions fresh starts of each candidate
 * @param only names of candidates; empty for all
 * @param limit the whole run ends after this time and reports what it has
 */
record Options(Duration warmUp, Duration measured, int repetitions, Set<String> only, Duration limit) {

    static Options parse(String[] args) {
        Duration warmUp = Duration.ofSeconds(10);
        Duration measured = Duration.ofSeconds(10);
        int repetitions = 3;
        Set<String> only = Set.of();
        List<String> words = List.of(args);
        for (int i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "--quick" -> {
                    warmUp = Duration.ofSeconds(2);
                    measured = Duration.ofSeconds(2);
                    repetitions = 1;
                }
                case "--warmup" -> warmUp = Duration.ofSeconds(number(words, ++i));
                case "--seconds" -> measured = Duration.ofSeconds(number(words, ++i));
                case "--repetitions" -> repetitions = number(words, ++i);
                case "--only" -> only = Set.of(word(words, ++i).split(","));
                case "--no-ledger" -> {}
                case "--entries", "--intents" -> i++; // the ledger's
                default -> throw new IllegalArgumentException("unknown option " + words.get(i));
            }
        }
        return new Options(warmUp, measured, repetitions, only, Duration.ofMinutes(60));
    }

    private static int number(List<String> words, int index) {
        int value = Integer.parseInt(word(words, index));
        if (value < 1) throw new IllegalArgumentException(words.get(index - 1) + " must be at least 1");
        return value;
    }

    private static String word(List<String> words, int index) {
        if (index == words.size()) throw new IllegalArgumentException(words.get(index - 1) + " needs a value");
        return words.get(index);
    }

    boolean wants(String name) {
        return only.isEmpty() || only.contains(name);
    }
}
