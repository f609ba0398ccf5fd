package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.subscription.IndexKey.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class IntervalsTest {

    @Provide
    Arbitrary<Range> ranges() {
        Arbitrary<Double> bounds = Arbitraries.of(Double.NEGATIVE_INFINITY, -2.5, -1.0, 0.0, 1.0, 7.0, 1e300)
                .edgeCases(edges -> edges.add(Double.POSITIVE_INFINITY));
        return Combinators.combine(bounds, bounds).as((low, high) -> new Range("p", low, high));
    }

    @Property
    void aNumberFindsThoseThatHoldIt(@ForAll List<@net.jqwik.api.From("ranges") Range> added, @ForAll int gone) {
        Intervals intervals = Intervals.NONE;
        Set<Range> there = new HashSet<>(added);
        for (Range range : added) intervals = intervals.with(range);
        for (int i = 0; i < added.size(); i += 1 + Math.floorMod(gone, 3)) {
            intervals = intervals.without(added.get(i));
            there.remove(added.get(i));
        }
        assertThat(intervals.isEmpty()).isEqualTo(there.isEmpty());
        for (double number : new double[] {Double.NEGATIVE_INFINITY, -2.5, -2, 0, 0.5, 1, 7, 1e308}) {
            List<Range> found = new ArrayList<>();
            intervals.find(number, found::add);
            assertThat(found)
                    .containsExactlyInAnyOrderElementsOf(there.stream()
                            .filter(range -> range.low() <= number && number <= range.high())
                            .toList());
        }
    }

    /** Bounds that come in order would make a list of an unbalanced tree, which this number of them overflows. */
    @Test
    void boundsThatComeInOrderStayBalanced() {
        Intervals intervals = Intervals.NONE;
        for (int i = 0; i < 200_000; i++) intervals = intervals.with(new Range("p", i, i + 0.5));
        List<Range> found = new ArrayList<>();
        intervals.find(150_000.25, found::add);
        assertThat(found).containsExactly(new Range("p", 150_000, 150_000.5));
    }
}
