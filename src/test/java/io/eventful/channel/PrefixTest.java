package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What may be acknowledged, in every order of finishing. */
class PrefixTest {

    @Property(tries = 300)
    void acknowledgesEachFinishedMessageOnceAndNoOther(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int count,
            @ForAll @IntRange(min = 1, max = 10) int threshold) {
        Random random = new Random(seed);
        Prefix<Integer> prefix = new Prefix<>();
        List<Prefix.Entry<Integer>> entries = new ArrayList<>();
        Set<Integer> finished = new HashSet<>();
        Set<Integer> acknowledged = new HashSet<>();
        int added = 0;
        while (acknowledged.size() < count) {
            if (added < count && random.nextBoolean()) entries.add(prefix.add(added++));
            if (!entries.isEmpty()) {
                int index = random.nextInt(entries.size());
                prefix.finish(entries.get(index));
                finished.add(index);
            }
            Integer last = prefix.advance();
            // Cumulative, as a broker does it: everything up to and with the last that is not acknowledged yet.
            if (last != null) {
                assertThat(acknowledged).doesNotContain(last);
                for (int i = 0; i <= last; i++) acknowledged.add(i);
            }
            for (int single : prefix.takeBehindGap(threshold))
                assertThat(acknowledged.add(single)).isTrue();
            assertThat(finished).containsAll(acknowledged);
            assertThat(prefix.size()).isBetween(0, added);
        }
        assertThat(prefix.size()).isZero();
    }
}
