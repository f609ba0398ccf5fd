package io.eventful.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Slips of the finger, the same ones at every run. */
final class Slips {

    private final Random random;

    Slips(long seed) {
        this.random = new Random(seed);
    }

    /** Two letters change places; a word that has no two different ones gets a letter twice. */
    String misspell(String word) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i + 1 < word.length(); i++)
            if (isLetter(word, i) && isLetter(word, i + 1) && word.charAt(i) != word.charAt(i + 1)) places.add(i);
        if (places.isEmpty()) return word + word.charAt(word.length() - 1);
        int at = places.get(random.nextInt(places.size()));
        return word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
    }

    private static boolean isLetter(String word, int at) {
        return Character.isLetter(word.charAt(at));
    }

    <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Some of them, in their order. */
    <T> List<T> some(List<T> all, int count) {
        List<T> left = new ArrayList<>(all);
        while (left.size() > count) left.remove(random.nextInt(left.size()));
        return left;
    }
}
