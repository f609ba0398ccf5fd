package io.eventful.routetest;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.BiPredicate;

/**
 * Pairs expectations with what happened, so that as many as possible have what fits them: one that fits several things
 * leaves each to whoever fits nothing else (augmenting paths in a bipartite graph).
 */
final class Matching {

    private static final int NONE = -1;

    private final int[] takers;

    private Matching(int things) {
        takers = new int[things];
        Arrays.fill(takers, NONE);
    }

    /**
     * For each expectation what it has got, or -1.
     *
     * @param fits whether a thing, the second number, fits an expectation, the first; asked once for each pair at most
     */
    static int[] of(int expectations, int things, BiPredicate<Integer, Integer> fits) {
        Matching matching = new Matching(things);
        BitSet[] fitting = new BitSet[expectations];
        for (int i = 0; i < expectations; i++) {
            fitting[i] = new BitSet(things);
            for (int thing = 0; thing < things; thing++) if (fits.test(i, thing)) fitting[i].set(thing);
        }
        for (int i = 0; i < expectations; i++) matching.take(i, fitting, new BitSet(things));
        int[] taken = new int[expectations];
        Arrays.fill(taken, NONE);
        for (int thing = 0; thing < things; thing++)
            if (matching.takers[thing] != NONE) taken[matching.takers[thing]] = thing;
        return taken;
    }

    /** Takes a thing that is free, or one whose taker can take another. */
    private boolean take(int expectation, BitSet[] fitting, BitSet seen) {
        BitSet own = fitting[expectation];
        for (int thing = own.nextSetBit(0); thing >= 0; thing = own.nextSetBit(thing + 1))
            if (takers[thing] == NONE) {
                takers[thing] = expectation;
                return true;
            }
        for (int thing = own.nextSetBit(0); thing >= 0; thing = own.nextSetBit(thing + 1)) {
            if (seen.get(thing)) continue;
            seen.set(thing);
            if (take(takers[thing], fitting, seen)) {
                takers[thing] = expectation;
                return true;
            }
        }
        return false;
    }
}
