package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    /** However greedily and irregularly somebody asks, a minute holds the rate, to 2 %. */
    @Property(tries = 100)
    void aMinuteHoldsTheRate(@ForAll @IntRange(min = 1, max = 500) int rate, @ForAll long seed) {
        Pace pace = new Pace();
        pace.limits(rate, 0);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        long taken = 0;
        long millis = 0;
        while (millis < 60_000) {
            taken += pace.take(1000, START.plusMillis(millis));
            millis += 1 + random.nextInt(4);
        }
        assertThat(taken).isBetween((long) (rate * 60 * 0.98) - 1, (long) (rate * 60 * 1.02) + 1);
    }

    @Test
    void theSinksCeilingIsKeptToo() {
        Pace pace = new Pace();
        pace.limits(100, 60);
        int taken = 0;
        for (int millis = 0; millis < 60_000; millis += 10) taken += pace.take(10, START.plusMillis(millis));
        assertThat(taken).isEqualTo(60);
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        Pace pace = new Pace();
        pace.limits(1, 0);
        assertThat(pace.take(5, START)).isEqualTo(1);
        pace.giveBack(1);
        assertThat(pace.take(5, START)).isEqualTo(1);
        assertThat(pace.take(5, START)).isZero();
        assertThat(pace.next()).isEqualTo(START.plusSeconds(1));
    }
}
